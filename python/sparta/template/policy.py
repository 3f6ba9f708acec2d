"""IAM policies as documents: statements in one order, the same rights written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sparta.iam.statement import Statement
    from sparta.template.template import Body

_VERSION = "2012-10-17"


def allow(actions: Sequence[str], resources: Sequence[Any]) -> Body:
    """Return a statement that allows `actions` on `resources`."""
    return {"Effect": "Allow", "Action": sorted(actions), "Resource": list(resources)}


def body_of(statement: Statement) -> Body:
    """Return a declared statement as IAM reads it."""
    body: Body = {
        "Effect": statement.effect,
        "Action": list(statement.actions),
        "Resource": list(statement.resources),
    }
    if statement.conditions:
        body["Condition"] = dict(statement.conditions)
    return body


def merged(statements: Iterable[Body]) -> list[Body]:
    """Return `statements` with those on the same resources joined, in an order of their own."""
    found: dict[bytes, Body] = {}
    for statement in statements:
        scope = {**statement, "Action": None, "Resource": _in_order(statement["Resource"])}
        kept = found.setdefault(_canonical(scope), {**scope, "Action": []})
        kept["Action"] = sorted({*kept["Action"], *statement["Action"]})
    return [found[key] for key in sorted(found)]


def document(statements: Sequence[Body]) -> Body:
    """Return a policy document of `statements`."""
    return {"Version": _VERSION, "Statement": list(statements)}


def trust(service: str, condition: Body | None = None) -> Body:
    """Return the trust policy that lets one AWS service assume the role.

    Args:
        service: The service's principal, such as `lambda.amazonaws.com`.
        condition: When it may; always where nothing is given.
    """
    statement: Body = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    if condition:
        statement["Condition"] = condition
    return document([statement])


def _in_order(resources: Sequence[Any]) -> list[Any]:
    unique = {_canonical(resource): resource for resource in resources}
    return [unique[key] for key in sorted(unique)]


def _canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
