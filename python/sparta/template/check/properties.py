"""Rules on properties: known, complete and of the right type, as the type checkers say it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.check.property_types import Types
from sparta.template.check.stubs import module_name, resource_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.errors import Problem
    from sparta.template.check.subject import Subject


def wrong_properties(subject: Subject) -> Iterator[Problem]:
    """Every property is one of the resource's type and has a value that it takes.

    A type that the schemas do not have is not judged: AWS may have it since.
    """
    for logical_id, body in sorted(subject.template.resources.items()):
        kind = str(body.get("Type", ""))
        found = resource_type(kind)
        given = body.get("Properties", {})
        if found is None or found.any_property or not isinstance(given, dict):
            continue
        types = Types(module_name(kind.rpartition("::")[0]))
        for path, what, fix in types.of_fields(found.fields, given, ""):
            place = f"{kind} {path}: " if path else f"{kind}: "
            yield subject.problem(logical_id, place + what, fix)
