"""The template while it is put together: tokens resolved, nothing added twice, problems kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sparta.errors import Problem, SpartaError
from sparta.template.expressions import Declared, declared_in
from sparta.template.tokens import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from sparta.template.template import Body
    from sparta.template.wiring import Notification


@dataclass(slots=True)
class Draft:
    """Resources added so far, where they came from, and what was wrong with others."""

    resources: dict[str, Body] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    declared: dict[str, Declared] = field(default_factory=dict)
    """Parameters, conditions and mappings that something refers to, by name."""
    notifications: list[Notification] = field(default_factory=list)
    """What buckets have to send by their own configuration."""

    def add(self, logical_id: str, body: Body, origin: str) -> None:
        """Add a resource; a second one of that logical id becomes a problem.

        Args:
            logical_id: Its logical id.
            body: The resource; text may hold tokens.
            origin: The user's file and line that led to it.
        """
        if logical_id in self.resources:
            self.problems.append(
                Problem(
                    f"{logical_id} ({body['Type']}) is declared twice, "
                    f"the other time at {self.origins[logical_id]}",
                    where=origin,
                    fix="remove one of them, or give it another name",
                )
            )
            return
        self.declare(body)
        try:
            self.resources[logical_id] = resolve(body)
        except SpartaError as error:
            self.resources[logical_id] = {"Type": body["Type"]}
            self.problems += [
                Problem(f"{logical_id}: {found.what}", where=origin, fix=found.fix)
                for found in error.problems
            ]
        self.origins[logical_id] = origin

    def declare(self, value: Any) -> None:  # noqa: ANN401 - any JSON
        """Keep what the tokens in `value` declare; two of one name become a problem."""
        for found in declared_in(value):
            other = self.declared.setdefault(found.name, found)
            self.origins.setdefault(found.name, found.declared_at)
            if found == other or any(found.declared_at in each.where for each in self.problems):
                continue
            what = f"{found.name} is declared twice, the other time at {other.declared_at}"
            fix = "use one value in both places, or give one of them another name"
            self.problems.append(Problem(what, where=found.declared_at, fix=fix))

    def section(self, name: str) -> dict[str, Body]:
        """Return what was declared for one section of the template."""
        return {
            one.name: resolve(one.body) for one in self.declared.values() if one.section == name
        }


def name_problems(draft: Draft, taken: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each declared name that the template cannot have.

    Args:
        draft: The template so far.
        taken: The names of Sparta's own parameters.
    """
    for name, found in sorted(draft.declared.items()):
        if not (name.isascii() and name.isalnum()):
            what, fix = f"{name!r} is not a name", "use letters and digits only"
        elif name in taken:
            what, fix = f"the parameter {name} is Sparta's own", "give yours another name"
        elif name in draft.resources:
            what = f"{name} is a resource too, at {draft.origins[name]}"
            fix = "give one of them another name"
        else:
            continue
        yield Problem(what, where=found.declared_at, fix=fix)
