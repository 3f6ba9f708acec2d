"""Checks the rules of EventBridge: the pattern, the bus, the repository, the delivery."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sparta.app.destination import service_of
from sparta.app.pattern import OR, pattern_complaints
from sparta.app.validate_delivery import delivery_problems
from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.event_rule import RuleMatches
    from sparta.triggers.repository import RepositoryChanges

FIELDS = frozenset(
    {
        *("account", "detail", "detail-type", "id", "region", "replay-name", "resources"),
        *("source", "time", "version", OR),
    }
)
"""Of every event. Source: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html"""
PATTERN_CHARACTERS = 2048
"""Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"""
CHANGES = ("referenceCreated", "referenceDeleted", "referenceUpdated")
_BUS_NAME = re.compile(r"[A-Za-z0-9._/-]{1,256}")
_REPOSITORY_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_REPOSITORY = "AWS::CodeCommit::Repository"
_LOOK = "see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"


def rule_problems(trigger: RuleMatches) -> Iterator[Problem]:
    """Yield what is wrong with a rule."""
    place = trigger.declared_at
    pattern: object = trigger.pattern
    complaints = list(pattern_complaints(pattern, ""))
    if isinstance(pattern, Mapping):
        unknown = sorted(str(name) for name in pattern.keys() - FIELDS)
        complaints += [(name, f"no event has such a field: {_field_fix(name)}") for name in unknown]
    for where, what in complaints:
        text = f"event pattern, {where}: {what}" if where else f"event pattern: {what}"
        yield Problem(text, where=place, fix=_LOOK)
    if (
        not complaints
        and (size := len(json.dumps(pattern, separators=(",", ":")))) > PATTERN_CHARACTERS
    ):
        what = (
            f"the event pattern has {size:,} characters, EventBridge takes {PATTERN_CHARACTERS:,}"
        )
        yield Problem(what, where=place, fix="make two triggers of it")
    if trigger.bus is not None and not _is_bus(trigger.bus):
        fix = "give an EventBus, or the name or ARN of one"
        yield Problem(f"bus={trigger.bus!r} is no event bus", where=place, fix=fix)
    yield from delivery_problems(trigger.options, place)


def repository_problems(trigger: RepositoryChanges) -> Iterator[Problem]:
    """Yield what is wrong with a trigger for changes of a repository."""
    place = trigger.declared_at
    if not _is_repository(trigger.repository):
        what = f"{trigger.repository!r} is no CodeCommit repository"
        fix = f"give a resource of type {_REPOSITORY}, or the name or ARN of one"
        yield Problem(what, where=place, fix=fix)
    wrong = [each for each in trigger.changes if each not in CHANGES]
    if isinstance(trigger.changes, str) or wrong:
        what = f"changes={trigger.changes!r}: there is no such change"
        yield Problem(what, where=place, fix=f"give a list of {', '.join(CHANGES)}")
    branches: object = trigger.branches
    if isinstance(branches, str) or "" in trigger.branches:
        what = f"branches={branches!r} is no list of names"
        yield Problem(what, where=place, fix='write branches=["main"]')
    yield from delivery_problems(trigger.options, place)


def _field_fix(name: str) -> str:
    meant = {"detail_type": "detail-type", "detailType": "detail-type", "detailtype": "detail-type"}
    return f"write {meant[name]!r}" if name in meant else "the sender's own stand in `detail`"


def _is_bus(bus: object) -> bool:
    if isinstance(bus, Resource):
        return service_of(bus) == "events"
    if not isinstance(bus, str):
        return False
    arn = str(bus).startswith("arn:") and ":event-bus/" in str(bus)
    return arn or has_marker(bus) or _BUS_NAME.fullmatch(bus) is not None


def _is_repository(repository: object) -> bool:
    if isinstance(repository, Resource):
        return repository.type == _REPOSITORY
    if not isinstance(repository, str):
        return False
    arn = str(repository).startswith("arn:") and ":codecommit:" in str(repository)
    named = has_marker(repository) or _REPOSITORY_NAME.fullmatch(repository) is not None
    return arn or named
