"""Checks the receipt rules of SES.

Source: https://docs.aws.amazon.com/ses/latest/APIReference/API_ReceiptRule.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sparta.app.validate_delivery import switch_problems, unknown_options
from sparta.aws.bucket import Bucket
from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sparta.triggers.receipt import ReceivedMail

MAX_RECIPIENTS = 500
RULE_SET = "AWS::SES::ReceiptRuleSet"
_SWITCHES = ("decides", "enabled", "require_tls", "scan")
_OPTIONS = frozenset({*_SWITCHES, "after", "prefix", "recipients", "store"})
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")
_RECIPIENT = re.compile(r"([^@\s]+@)?\.?([A-Za-z0-9_-]+\.)+[A-Za-z0-9-]{2,}")


def receipt_problems(trigger: ReceivedMail) -> Iterator[Problem]:
    """Yield what is wrong with a receipt rule."""
    place, options = trigger.declared_at, trigger.options
    given: Mapping[str, Any] = options
    yield from unknown_options(given, _OPTIONS, place)
    if not _is_rule_set(trigger.rule_set):
        fix = f"give its name, or a resource of type {RULE_SET}"
        yield Problem(f"{trigger.rule_set!r} is no rule set", where=place, fix=fix)
    yield from _recipient_problems(given.get("recipients", ()), place)
    store = given.get("store")
    if store is not None and not isinstance(store, Bucket):
        what = f"store={store!r} is no bucket of the application"
        yield Problem(what, where=place, fix="give a Bucket: its policy has to let SES in")
    prefix = given.get("prefix", "")
    if not isinstance(prefix, str):
        yield Problem(f"prefix={prefix!r} is no text", where=place)
    elif prefix and store is None:
        yield Problem("prefix= without store= does nothing", where=place, fix="add store=")
    yield from switch_problems(given, _SWITCHES, place)


def _recipient_problems(recipients: Any, place: str) -> Iterator[Problem]:  # noqa: ANN401 - as given
    if isinstance(recipients, str) or not isinstance(recipients, (list, tuple)):
        what = f"recipients={recipients!r} is no list"
        yield Problem(what, where=place, fix='write recipients=["shop@example.com"]')
        return
    for each in recipients:
        plain = isinstance(each, str) and (has_marker(each) or _RECIPIENT.fullmatch(each))
        if not plain:
            fix = "write shop@example.com, example.com, or .example.com for its subdomains"
            yield Problem(f"{each!r} is no recipient", where=place, fix=fix)
    if len(recipients) > MAX_RECIPIENTS:
        what = f"the rule has {len(recipients)} recipients"
        yield Problem(what, where=place, fix=f"SES takes {MAX_RECIPIENTS}")


def _is_rule_set(rule_set: object) -> bool:
    if isinstance(rule_set, Resource):
        return rule_set.type == RULE_SET
    if not isinstance(rule_set, str):
        return False
    return has_marker(rule_set) or _NAME.fullmatch(rule_set) is not None
