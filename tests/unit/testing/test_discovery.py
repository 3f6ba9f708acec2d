"""sparta.testing.discovery: real names for resources while a handler is tested."""

from __future__ import annotations

import asyncio

import pytest

import sparta
import sparta.testing
from sparta.aws import Queue, Table, Topic
from sparta.errors import DiscoveryError
from sparta.model.token import Token

ledger = Table("Ledger", key="id")
inbox = Queue("Inbox")
alerts = Topic("Alerts")


@sparta.function(uses=[ledger.grant("PutItem"), inbox.write(), alerts.write()])
def book() -> tuple[str, ...]:
    return ledger.name, ledger.arn, inbox.url, inbox.name, alerts.arn


@sparta.function()
def stray() -> str:
    return ledger.name


@sparta.function(uses=[ledger.read()])
async def later() -> str:
    await asyncio.sleep(0)
    return ledger.name


def test_attributes_are_given_by_their_python_names() -> None:
    with sparta.testing.discovery(
        ledger={"name": "t", "arn": "arn:t"},
        inbox={"url": "http://q", "QueueName": "q"},
        alerts={"arn": "arn:a"},
    ):
        assert book() == ("t", "arn:t", "http://q", "q", "arn:a")
    assert isinstance(ledger.name, Token)


def test_a_read_without_a_declaration_names_function_and_fix() -> None:
    with (
        sparta.testing.discovery(ledger={"name": "t"}),
        pytest.raises(
            DiscoveryError, match=r"stray reads Ledger\.Ref, but does not declare Ledger"
        ),
    ):
        stray()


def test_a_read_without_a_value_points_at_sparta_testing() -> None:
    with pytest.raises(DiscoveryError, match=r"sparta\.testing\.discovery"):
        book()


def test_async_handlers_see_it_too() -> None:
    with pytest.raises(DiscoveryError, match="later reads"):
        asyncio.run(later())
    with sparta.testing.discovery(ledger={"name": "t"}):
        assert asyncio.run(later()) == "t"


def test_unknown_resources_and_attributes() -> None:
    with pytest.raises(DiscoveryError, match="no resource has the logical id 'nothing'"):
        sparta.testing.discovery(nothing={"name": "x"})
    with pytest.raises(DiscoveryError, match="Ledger has no attribute 'colour'"):
        sparta.testing.discovery(ledger={"colour": "red"})
