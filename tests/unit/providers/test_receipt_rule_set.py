"""The active rule set of SES: ours while the stack is there, and what it was before afterwards."""

from __future__ import annotations

from typing import Any

import pytest

import sparta
from sparta.providers import receipt_rule_set
from sparta.providers.receipt_rule_set import Properties, create, delete


class GoneError(Exception):
    pass


class Ses:
    """The rule sets of an account, and the active one."""

    class exceptions:  # noqa: N801 - boto3's own name
        RuleSetDoesNotExistException = GoneError

    def __init__(self, *names: str, active: str = "") -> None:
        self.names = set(names)
        self.active = active

    def describe_active_receipt_rule_set(self) -> dict[str, Any]:
        return {"Metadata": {"Name": self.active}} if self.active else {}

    def describe_receipt_rule_set(self, **asked: str) -> None:
        if asked["RuleSetName"] not in self.names:
            raise GoneError

    def set_active_receipt_rule_set(self, **asked: str) -> None:
        self.active = asked.get("RuleSetName", "")


@pytest.fixture
def ses(monkeypatch: pytest.MonkeyPatch) -> Ses:
    found = Ses("ours", "next", "before", "theirs", active="before")
    monkeypatch.setattr(receipt_rule_set, "client", lambda: found)
    return found


def request(name: str = "ours", physical_id: str = "id") -> sparta.ResourceRequest[Properties]:
    return sparta.ResourceRequest(Properties(RuleSetName=name), physical_id=physical_id)


def test_what_was_active_before_is_given_back(ses: Ses) -> None:
    made = request()
    create(made)
    assert (ses.active, made.physical_id) == ("ours", "id/ours/before")
    delete(request(physical_id=made.physical_id))
    assert ses.active == "before"


def test_what_somebody_chose_meanwhile_stays(ses: Ses) -> None:
    create(request())
    ses.active = "theirs"
    delete(request(physical_id="id/ours/before"))
    assert ses.active == "theirs"


@pytest.mark.parametrize("before", ["", "deleted"])
def test_without_anything_to_give_back_none_is_active(ses: Ses, before: str) -> None:
    ses.active = "ours"
    delete(request(physical_id=f"id/ours/{before}"))
    assert ses.active == ""


def test_another_rule_set_remembers_what_was_before_the_first(ses: Ses) -> None:
    create(request())
    changed = request("next", "id/ours/before")
    create(changed)
    assert (ses.active, changed.physical_id) == ("next", "id/next/before")
    delete(request(physical_id="id/ours/before"))  # CloudFormation deletes the former one
    assert ses.active == "next"
    delete(request("next", changed.physical_id))
    assert ses.active == "before"
