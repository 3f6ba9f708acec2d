"""Rules on roles: no right that nobody named, none on everything where one thing can be named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from sparta.template.check.actions import only_on_everything
from sparta.template.check.statements import policy_statements
from sparta.template.check.subject import IAM_ROLE, Subject, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.errors import Problem

MAX_INLINE_POLICY_BYTES = 10_240
"""All inline policies of one role together.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""


_VARIABLE = re.compile(r"\$\{[^}]*\}")
_COLONS_OF_AN_ARN = 5
"""Before the part that names the resource."""


def wildcard_actions(subject: Subject) -> Iterator[Problem]:
    """Every allowed action is written out."""
    for logical_id, statement in policy_statements(subject):
        if statement.get("Effect") != "Allow":
            continue
        for action in listed(statement.get("Action", [])):
            if "*" in str(action) or "?" in str(action):
                yield subject.problem(
                    logical_id, f"allows {action!r}", "name the actions one by one"
                )
        if "NotAction" in statement:
            yield subject.problem(
                logical_id, "allows by NotAction", "name the actions that are needed"
            )


def everything_as_resource(subject: Subject) -> Iterator[Problem]:
    """A bare `*`, or an ARN that names nothing, is for actions that know no other resource."""
    for logical_id, statement in policy_statements(subject):
        if statement.get("Effect") != "Allow":
            continue
        wide = [each for each in listed(statement.get("Resource", [])) if _is_everything(each)]
        if not wide and "NotResource" not in statement:
            continue
        actions = [str(action) for action in listed(statement.get("Action", []))]
        narrow = [action for action in actions if not only_on_everything(action)]
        if narrow:
            shown = _text_of(wide[0]) if wide else "*"
            yield subject.problem(
                logical_id,
                f"allows {', '.join(narrow)} on every resource (`{shown}`)",
                "name the resource, such as `table.arn`, or `bucket/*` for what it holds",
            )


def _is_everything(resource: Any) -> bool:  # noqa: ANN401 - text or intrinsic function
    """Say whether a resource names nothing: `*`, or an ARN such as `arn:aws:s3:::*`."""
    parts = _VARIABLE.sub("x", _text_of(resource)).split(":", _COLONS_OF_AN_ARN)
    return not parts[-1].strip("*?/:")


def _text_of(resource: Any) -> str:  # noqa: ANN401 - text or intrinsic function
    """Return the text of a resource, that of Fn::Sub included; `-` where it is a reference."""
    if isinstance(resource, dict):
        resource = resource.get("Fn::Sub", "-")
    return str(resource[0] if isinstance(resource, list) else resource)


def large_policies(subject: Subject) -> Iterator[Problem]:
    """The inline policies of a role have at most 10,240 characters, white space not counted."""
    for logical_id, properties in subject.of_type(IAM_ROLE):
        documents = [policy.get("PolicyDocument") for policy in properties.get("Policies", ())]
        size_bytes = sum(len(orjson.dumps(document)) for document in documents)
        if size_bytes > MAX_INLINE_POLICY_BYTES:
            yield subject.problem(
                logical_id,
                f"its inline policies have about {size_bytes:,} of "
                f"{MAX_INLINE_POLICY_BYTES:,} characters",
                "use fewer resources in one function, or an existing role",
            )
