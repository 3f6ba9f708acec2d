from __future__ import annotations

import asyncio
import json

import pytest

from sparta.errors import DiscoveryError
from sparta.model.token import Token
from sparta.runtime import discovery
from sparta.runtime.discovery import attribute, handler_runs, provide, running

INFORMATION = {
    "StackName": "Orders",
    "Region": "eu-south-1",
    "Resources": {"Ledger": {"Ref": "Orders-Ledger-1ABC", "Arn": "arn:aws:dynamodb:x:table/l"}},
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "discovered", discovery.Discovered())


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARTA_DISCOVERY_INFO", json.dumps(INFORMATION))


def test_outside_lambda_an_attribute_is_a_token() -> None:
    token = attribute("Ledger", "Arn")
    assert isinstance(token, Token)
    assert (token.logical_id, token.attribute) == ("Ledger", "Arn")


@pytest.mark.usefixtures("deployed")
def test_inside_lambda_a_declared_attribute_is_real_already_at_import() -> None:
    assert attribute("Ledger") == "Orders-Ledger-1ABC"
    assert attribute("Ledger", "Arn") == "arn:aws:dynamodb:x:table/l"
    assert type(attribute("Ledger")) is str


@pytest.mark.usefixtures("deployed")
def test_inside_lambda_an_undeclared_attribute_is_a_token_at_import() -> None:
    assert isinstance(attribute("Inbox"), Token)


@pytest.mark.usefixtures("deployed")
def test_pseudo_parameters_that_every_function_is_told() -> None:
    handler_runs("book")
    assert attribute("AWS::StackName") == "Orders"
    assert attribute("AWS::Region") == "eu-south-1"
    with pytest.raises(DiscoveryError, match=r"only AWS::StackName and AWS::StackId and"):
        attribute("AWS::AccountId")


@pytest.mark.usefixtures("deployed")
def test_a_running_handler_gets_an_error_that_names_function_resource_and_fix() -> None:
    handler_runs("book")
    assert attribute("Ledger") == "Orders-Ledger-1ABC"
    with pytest.raises(DiscoveryError) as caught:
        attribute("Inbox", "QueueName")
    assert str(caught.value) == (
        "the function book reads Inbox.QueueName, but does not declare Inbox\n"
        "  add a grant on Inbox to the uses= of book, then provision again"
    )


@pytest.mark.usefixtures("deployed")
def test_a_declared_resource_without_that_attribute_is_another_error() -> None:
    handler_runs("book")
    with pytest.raises(DiscoveryError, match="an attribute that Ledger does not pass on"):
        attribute("Ledger", "StreamArn")


def test_lambda_without_any_declaration() -> None:
    handler_runs("book")
    with pytest.raises(DiscoveryError, match=r"book reads Ledger\.Ref, but does not declare"):
        attribute("Ledger")


def test_a_handler_in_a_test_needs_the_declaration_and_a_value() -> None:
    with running("book", ["Ledger"]):
        with pytest.raises(DiscoveryError, match=r"sparta\.testing\.discovery"):
            attribute("Ledger")
        with pytest.raises(DiscoveryError, match=r"add a grant on Inbox to the uses= of book$"):
            attribute("Inbox")
    assert isinstance(attribute("Ledger"), Token)


def test_provided_attributes_are_real_until_the_context_ends() -> None:
    with provide({"Ledger": {"Ref": "t"}}):
        assert attribute("Ledger") == "t"
        assert isinstance(attribute("Ledger", "Arn"), Token)
        with provide({"Ledger": {"Ref": "inner"}}):
            assert attribute("Ledger") == "inner"
        assert attribute("Ledger") == "t"
        with running("book", []), pytest.raises(DiscoveryError, match="does not declare Ledger"):
            attribute("Ledger")
    assert isinstance(attribute("Ledger"), Token)


def test_a_function_called_by_another_runs_with_the_rights_of_both() -> None:
    with provide({"Ledger": {"Ref": "t"}}), running("outer", ["Ledger"]), running("inner", []):
        assert attribute("Ledger") == "t"


def test_handlers_may_overlap_and_end_in_any_order() -> None:
    async def book(name: str, resource: str, pause_s: float) -> str:
        with running(name, [resource]):
            await asyncio.sleep(pause_s)
            return attribute(resource)

    async def both() -> list[str]:
        return list(await asyncio.gather(book("one", "Ledger", 0.02), book("two", "Inbox", 0.01)))

    with provide({"Ledger": {"Ref": "l"}, "Inbox": {"Ref": "i"}}):
        assert asyncio.run(both()) == ["l", "i"]
    assert discovery.discovered.declared == ()


def test_the_information_is_decoded_once_and_again_when_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPARTA_DISCOVERY_INFO", json.dumps(INFORMATION))
    first = discovery.discovered.information()
    assert discovery.discovered.information() is first
    changed = {**INFORMATION, "Region": "us-east-1"}
    monkeypatch.setenv("SPARTA_DISCOVERY_INFO", json.dumps(changed))
    assert attribute("AWS::Region") == "us-east-1"


def test_text_that_is_no_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARTA_DISCOVERY_INFO", "{")
    with pytest.raises(DiscoveryError, match="SPARTA_DISCOVERY_INFO is not valid JSON"):
        attribute("Ledger")
