"""A policy in parts, each short enough for a managed policy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.template.template import Body

LONGEST_MANAGED_POLICY = 6_144
"""Characters, white space not counted; an inline policy of a role has 10,240."""


def characters_of(document: Body) -> int:
    """Return how long a policy is, as IAM counts: without white space."""
    import orjson

    return len(orjson.dumps(document).decode())


def parts_of(document: Body, longest: int = LONGEST_MANAGED_POLICY) -> list[Body]:
    """Return policies that together say what `document` says, in its order.

    Args:
        document: The policy.
        longest: Characters that one may have, as IAM counts them. A statement that is longer by
            itself is cut by its resources, then by its actions; one that cannot be cut any further
            stays whole.
    """
    version = document["Version"]
    parts: list[Body] = []
    for statement in document["Statement"]:
        for piece in _pieces(statement, longest - characters_of(_policy(version, []))):
            joined = _policy(version, [*parts[-1]["Statement"], piece]) if parts else None
            if joined and characters_of(joined) <= longest:
                parts[-1] = joined
            else:
                parts.append(_policy(version, [piece]))
    return parts


def _policy(version: str, statements: list[Body]) -> Body:
    return {"Version": version, "Statement": statements}


def _pieces(statement: Body, longest: int) -> Iterator[Body]:
    """Yield the statement, halved until each piece is short enough."""
    halved = next((key for key in ("Resource", "Action") if _is_long(statement[key])), None)
    if characters_of(statement) <= longest or halved is None:
        yield statement
        return
    values = statement[halved]
    middle = len(values) // 2
    for half in (values[:middle], values[middle:]):
        yield from _pieces({**statement, halved: half}, longest)


def _is_long(values: Any) -> bool:  # noqa: ANN401 - text or a list of texts
    return isinstance(values, list) and len(values) > 1
