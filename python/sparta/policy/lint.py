"""Compares what functions may do with what their source does; says what is missing and unused.

It says nothing about what it cannot know: an existing role, a client that is handed on to a
library, a resource whose name comes with an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import FunctionType
from typing import TYPE_CHECKING, Any

from sparta.iam.statement import Grant, Statement
from sparta.model.token import markers
from sparta.policy.calls import Call, Calls, calls_of
from sparta.policy.operations import PREFIXES, needs_of
from sparta.runtime.fetched import Fetched
from sparta.template.check.actions import is_known
from sparta.template.triggers import wire_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.application import Application
    from sparta.app.function import Function


@dataclass(frozen=True, slots=True)
class Finding:
    """One right that does not fit the source.

    Args:
        place: File and line, of the call or of the right.
        what: What was found.
    """

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def findings(application: Application) -> list[Finding]:
    """Return what was found in an application, each place and text once, in order of place."""
    found = {
        finding
        for function in application.functions
        if function.role is None
        for finding in (*_misspelt(function), *_compared(function, application))
    }
    return sorted(found, key=lambda finding: (finding.place.rpartition(":")[0], _line(finding)))


def _line(finding: Finding) -> tuple[int, str]:
    line = finding.place.rpartition(":")[2]
    return int(line) if line.isdecimal() else 0, finding.what


def _misspelt(function: Function[Any, Any]) -> Iterator[Finding]:
    for use in function.uses:
        for action in use.actions if isinstance(use, Statement) else ():
            if is_known(action) is False:
                yield Finding(use.declared_at, f"{action} is no action that IAM knows: misspelt?")


def _compared(function: Function[Any, Any], application: Application) -> Iterator[Finding]:
    if not isinstance(function.handler, FunctionType):
        return
    found = calls_of(function.handler, application.root)
    rights = _rights(function, application.name)
    for call in found.calls:
        needs = needs_of(call.service, call.method)
        for action in needs.all if needs else ():
            if not _allowed(rights, action, call.resource):
                on = f" on {call.resource}" if call.resource else ""
                yield Finding(
                    call.place,
                    f"{call.method} needs {action}{on}, which nothing in uses= of "
                    f"{function.name!r} allows",
                )
    if found.complete:
        for use in function.uses:
            yield from _unused(use, function, found)


Right = tuple[str, frozenset[str], bool]
"""An allowed action in lower case, the logical ids it holds for, and whether for others too."""


def _rights(function: Function[Any, Any], service: str) -> list[Right]:
    declared = [
        statement
        for use in function.uses
        for statement in (use.statements if isinstance(use, Grant) else (use,))
        if statement.effect == "Allow"
    ]
    rights = [
        (action.lower(), *_held(statement.resources))
        for statement in declared
        for action in statement.actions
    ]
    for _, wiring in wire_triggers(function, service):  # what the sources need is allowed by itself
        for body in wiring.statements:
            rights += [(action.lower(), frozenset[str](), True) for action in body["Action"]]
    return rights


def _held(resources: tuple[str, ...]) -> tuple[frozenset[str], bool]:
    named = [_own(resource) for resource in resources]
    return frozenset(each for ids in named for each in ids), any(not ids for ids in named)


def _own(text: str) -> list[str]:
    return [name for name, _ in markers(text) if not name.startswith("AWS::")]


def _allowed(rights: list[Right], action: str, resource: str) -> bool:
    return any(
        name == action.lower() and (not resource or resource in ids or others)
        for name, ids, others in rights
    )


def _unused(
    use: Grant | Statement, function: Function[Any, Any], found: Calls
) -> Iterator[Finding]:
    if isinstance(use, Grant) and isinstance(use.resource, Fetched):
        return  # get() asks AWS without boto3
    statements = use.statements if isinstance(use, Grant) else (use,)
    actions = {
        action: _held(statement.resources)
        for statement in statements
        if statement.effect == "Allow"
        for action in statement.actions
    }
    if not actions or any(_cannot_be_known(*pair, found) for pair in actions.items()):
        return
    unused = [action for action, held in actions.items() if not _used(action, held[0], found.calls)]
    if _is_expansion(use) and len(unused) < len(actions):
        return  # read() and write() allow a little more than most functions need
    if unused:
        what = f"{', '.join(sorted(unused))} seems unused by {function.name!r}"
        yield Finding(use.declared_at, what)


def _cannot_be_known(action: str, held: tuple[frozenset[str], bool], found: Calls) -> bool:
    service = action.partition(":")[0]
    names = [name for name, prefix in PREFIXES.items() if prefix == service]
    unjudged = any(
        PREFIXES.get(call.service) == service and needs_of(call.service, call.method) is None
        for call in found.calls
    )
    return (
        not names
        or unjudged
        or bool(found.lost_services & set(names))
        or bool(found.lost_resources & held[0])
    )


def _used(action: str, ids: frozenset[str], calls: list[Call]) -> bool:
    for call in calls:
        needs = needs_of(call.service, call.method)
        if needs is None or (ids and call.resource and call.resource not in ids):
            continue
        named = {each.lower() for each in (*needs.all, *needs.some)}
        if action.lower() in named or f"{action.partition(':')[0]}:*" in named:
            return True
    return False


def _is_expansion(use: Grant | Statement) -> bool:
    if not isinstance(use, Grant):
        return False
    made = (getattr(use.resource, name, None) for name in ("read", "write"))
    return any(make is not None and make().actions == use.actions for make in made)
