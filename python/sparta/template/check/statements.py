"""What a role's policies allow, as far as they stand in the template."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from sparta.template.check.references import ids_in
from sparta.template.check.subject import IAM_ROLE, Subject, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.template.template import Body

_POLICY_TYPES = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::RolePolicy")


def policy_statements(subject: Subject) -> Iterator[tuple[str, Body]]:
    """Yield every statement of every policy, with the logical id of what holds it."""
    for logical_id, properties in subject.of_type(IAM_ROLE):
        for policy in properties.get("Policies", ()):
            for statement in statements_in(policy):
                yield logical_id, statement
    for logical_id, properties in subject.of_type(*_POLICY_TYPES):
        for statement in statements_in(properties):
            yield logical_id, statement


def allowed_statements(subject: Subject, role_id: str) -> list[Body] | None:
    """Return what a role allows; None where a managed policy may add to it."""
    properties = subject.properties_of(role_id)
    if properties.get("ManagedPolicyArns"):
        return None
    found = [each for policy in properties.get("Policies", ()) for each in statements_in(policy)]
    for logical_id, attached in subject.of_type(*_POLICY_TYPES):
        named = ids_in([attached.get("Roles", []), attached.get("RoleName")])
        if role_id in named:
            found += statements_in(subject.properties_of(logical_id))
    return [statement for statement in found if statement.get("Effect") == "Allow"]


def allows(statements: Iterable[Body], action: str, source_id: str) -> bool:
    """Say whether one of `statements` allows `action` on the resource `source_id`.

    A resource that is written out (an ARN, `*`) is taken to match.
    """
    for statement in statements:
        actions = [str(each).lower() for each in listed(statement.get("Action", []))]
        if not any(fnmatchcase(action.lower(), pattern) for pattern in actions):
            continue
        for resource in listed(statement.get("Resource", [])):
            if isinstance(resource, str) or source_id in ids_in(resource):
                return True
    return False


def statements_in(policy: Body) -> list[Body]:
    """Return the statements of a policy, those that stand under a condition too."""
    found = listed(policy.get("PolicyDocument", {}).get("Statement", []))
    return [one for each in found for one in _chosen(each)]


def _chosen(statement: Any) -> list[Body]:  # noqa: ANN401 - a statement, or a choice of them
    choices = statement.get("Fn::If", ())[1:]
    if not choices:
        return [statement] if "Effect" in statement else []
    return [one for each in choices for one in _chosen(each)]
