"""A Function that is called, as a unit test calls it, runs its handler as one: generators too."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import sparta
from sparta.aws import Table
from sparta.errors import DiscoveryError
from sparta.model.token import has_marker
from sparta.testing import discovery

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

orders = Table("Orders", key="id")
stranger = Table("Stranger", key="id")


@sparta.function(uses=[orders.grant("GetItem")])
def names() -> Iterator[str]:
    yield orders.name
    yield stranger.name


@sparta.function(uses=[orders.grant("GetItem")])
async def names_later() -> AsyncIterator[str]:
    yield orders.name
    yield stranger.name


def test_a_generator_runs_as_a_handler() -> None:
    with discovery(orders={"name": "orders-1"}, stranger={"name": "stranger-1"}):
        given = names()
        assert next(given) == "orders-1"
        with pytest.raises(DiscoveryError, match="Stranger"):
            next(given)
    assert has_marker(stranger.name), "outside of it, the attribute is a token again"


def test_an_async_generator_runs_as_a_handler() -> None:
    async def first_two() -> None:
        given = names_later()
        assert await anext(given) == "orders-1"
        with pytest.raises(DiscoveryError, match="Stranger"):
            await anext(given)

    with discovery(orders={"name": "orders-1"}, stranger={"name": "stranger-1"}):
        asyncio.run(first_two())
    assert has_marker(stranger.name), "outside of it, the attribute is a token again"
