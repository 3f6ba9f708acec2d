"""What every rule gets: the template, and what was worked out of it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparta.errors import Problem
from sparta.template.check.references import Reference, ids_in, references_of

if TYPE_CHECKING:
    from sparta.template.template import Body, Template

LAMBDA_ALIAS = "AWS::Lambda::Alias"
LAMBDA_FUNCTION = "AWS::Lambda::Function"
IAM_ROLE = "AWS::IAM::Role"


@dataclass(frozen=True, slots=True)
class Subject:
    """A template under examination.

    Args:
        template: The template.
        references: Every reference in it.
        max_size_bytes: How large its compact JSON may be.
    """

    template: Template
    references: tuple[Reference, ...]
    max_size_bytes: int

    @classmethod
    def of(cls, template: Template, max_size_bytes: int) -> Subject:
        """Return the subject of one template."""
        return cls(template, tuple(references_of(template)), max_size_bytes)

    def of_type(self, *types: str) -> Iterator[tuple[str, Body]]:
        """Yield logical id and properties of the resources of those types, in order of id."""
        for logical_id in sorted(self.template.resources):
            body = self.template.resources[logical_id]
            if body.get("Type") in types:
                yield logical_id, body.get("Properties", {})

    def type_of(self, logical_id: str) -> str:
        """Return the type of a resource; empty where there is no such resource."""
        return str(self.template.resources.get(logical_id, {}).get("Type", ""))

    def properties_of(self, logical_id: str) -> Body:
        """Return the properties of a resource; empty where there is no such resource."""
        properties: Body = self.template.resources.get(logical_id, {}).get("Properties", {})
        return properties

    def target(self, value: Any, wanted: str) -> str:  # noqa: ANN401 - any JSON
        """Return the logical id that `value` refers to, if it is one of type `wanted`.

        An alias stands for its function.
        """
        ids = ids_in(value)
        for alias in [each for each in ids if self.type_of(each) == LAMBDA_ALIAS]:
            ids |= ids_in(self.properties_of(alias).get("FunctionName"))
        found = [each for each in sorted(ids) if self.type_of(each) == wanted]
        return found[0] if found else ""

    def problem(self, logical_id: str, what: str, fix: str) -> Problem:
        """Return a problem at a resource: the user's file and line, then its logical id."""
        origin = self.template.origins.get(logical_id)
        return Problem(what, where=f"{origin} ({logical_id})" if origin else logical_id, fix=fix)


Rule = Callable[[Subject], Iterator[Problem]]
"""One thing that has to hold; yields a problem for each place where it does not."""


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    """Return `value` as a list, as IAM reads a single value."""
    return value if isinstance(value, list) else [value]
