"""The template while it is put together: tokens resolved, nothing added twice, problems kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sparta.errors import Problem, SpartaError
from sparta.template.tokens import resolve

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.wiring import Notification


@dataclass(slots=True)
class Draft:
    """Resources added so far, where they came from, and what was wrong with others."""

    resources: dict[str, Body] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
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
        try:
            self.resources[logical_id] = resolve(body)
        except SpartaError as error:
            self.resources[logical_id] = {"Type": body["Type"]}
            self.problems += [
                Problem(f"{logical_id}: {found.what}", where=origin, fix=found.fix)
                for found in error.problems
            ]
        self.origins[logical_id] = origin
