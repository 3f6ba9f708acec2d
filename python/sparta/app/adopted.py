"""Resources of other tools: objects with a `title` and a `to_dict()`, such as troposphere's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from sparta.cfn.resource import Resource
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FIX = "pass values of sparta.aws, sparta.cfn or sparta.Resource, or troposphere's"
_KNOWN: dict[str, type | tuple[type, ...]] = {
    "Type": str,
    "Properties": dict,
    "DependsOn": (str, list),
    "Condition": str,
    "DeletionPolicy": str,
    "UpdateReplacePolicy": str,
    "Metadata": dict,
    "CreationPolicy": dict,
    "UpdatePolicy": dict,
}


class Convertible(Protocol):
    """A resource of another tool."""

    @property
    def title(self) -> str | None:
        """Its logical id."""
        ...

    def to_dict(self) -> Mapping[str, Any]:
        """Return it as a template holds it: `Type`, `Properties` and the rest."""
        ...


class Adopted(Resource):
    """A resource of another tool, as it gave itself.

    Args:
        logical_id: Its name within the template.
        body: What `to_dict()` returned.
        place: The file and line of the call that it was passed to.
    """

    def __init__(self, logical_id: str, body: Mapping[str, Any], place: str) -> None:
        super().__init__(
            logical_id,
            str(body["Type"]),
            body.get("Properties"),
            deletion_policy=body.get("DeletionPolicy"),
            update_replace_policy=body.get("UpdateReplacePolicy"),
            metadata=body.get("Metadata"),
            creation_policy=body.get("CreationPolicy"),
            update_policy=body.get("UpdatePolicy"),
        )
        self.declared_at = place
        needed = body.get("DependsOn", [])
        self.needs: tuple[str, ...] = (needed,) if isinstance(needed, str) else tuple(needed)


def adopt(
    declared: Iterable[Resource | Convertible], place: str
) -> tuple[tuple[Resource, ...], list[Problem]]:
    """Return the resources, those of other tools turned into ours, and what cannot be one.

    Args:
        declared: What was passed as `resources=`.
        place: Where.
    """
    found: list[Resource] = []
    problems: list[Problem] = []
    for one in declared:
        if isinstance(one, Resource):
            found.append(one)
            continue
        try:
            found.append(_adopted(one, place))
        except ValueError as error:
            problems.append(Problem(f"resources: {error}", where=place, fix=_FIX))
    return tuple(found), problems


def _adopted(one: Convertible, place: str) -> Adopted:
    """Return the resource.

    Raises:
        ValueError: It cannot be one; with the reason.
    """
    convert: Any = getattr(one, "to_dict", None)
    if not callable(convert):
        raise ValueError(f"{one!r} is not a resource")  # noqa: TRY004 - one of many reasons
    try:
        body: object = convert()
    except Exception as error:
        raise ValueError(f"to_dict() of {one!r} failed: {error}") from error
    title: object = getattr(one, "title", None)
    if not isinstance(title, str):
        raise ValueError(f"{one!r} has no title to be its logical id")  # noqa: TRY004 - as above
    if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
        raise ValueError(f"to_dict() of {title} returned {body!r}, not a resource with a Type")  # noqa: TRY004 - as above
    for name, value in body.items():
        wanted = _KNOWN.get(name)
        if wanted is None:
            raise ValueError(f"to_dict() of {title} has {name!r}, which no resource has")
        if not isinstance(value, wanted):
            raise ValueError(f"{name} of {title} is {value!r}")  # noqa: TRY004 - as above
    if "Condition" in body:
        raise ValueError(f"{title} has a condition of another tool; use sparta.cfn.Condition")
    return Adopted(title, cast("Mapping[str, Any]", body), place)
