"""Types that are kept without effect: names and ARNs as templates expect them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sparta.errors import LocalError
from sparta.local import placeholders

RULE = "AWS::Config::ConfigRule"


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return the table of a ministack that knows one of the types itself."""
    table: dict[str, Any] = {"AWS::SES::ReceiptRuleSet": "its own"}
    module = SimpleNamespace(_RESOURCE_HANDLERS=table)
    monkeypatch.setattr("sparta.local.placeholders.importlib.import_module", lambda _name: module)
    placeholders.install()
    return table


def test_what_ministack_knows_itself_stays(handlers: dict[str, Any]) -> None:
    assert handlers["AWS::SES::ReceiptRuleSet"] == "its own"
    assert set(handlers) == set(placeholders.PLACEHOLDERS)


def test_a_resource_gets_its_name_or_one_of_its_own(handlers: dict[str, Any]) -> None:
    rule = handlers["AWS::SES::ReceiptRule"]
    assert rule["create"]("Mail", {"Rule": {"Name": "in"}}, "Shop") == ("in", {"Name": "in"})
    named, attributes = handlers[RULE]["create"]("Judge", {}, "Shop")
    assert named == "Shop-Judge"
    assert attributes["Arn"] == "arn:aws:config:us-east-1:123456789012:config-rule/Shop-Judge"


def test_an_update_keeps_the_name(handlers: dict[str, Any]) -> None:
    assert (
        handlers[RULE]["update"]("Shop-Judge", {}, {"Description": "x"}, "Shop")[0] == "Shop-Judge"
    )
    handlers[RULE]["delete"]("Shop-Judge", {})


def test_another_ministack_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sparta.local.placeholders.importlib.import_module", lambda _name: SimpleNamespace()
    )
    with pytest.raises(LocalError, match="no such table"):
        placeholders.install()
