"""What one event source adds to the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sparta.template.template import Body


@dataclass(frozen=True, slots=True)
class Wiring:
    """What it takes for one source to reach one function.

    Args:
        resources: Logical id to resource.
        statements: What the function's own role needs, as IAM statements.
        source_settings: Logical id to properties that the source itself has to have.
        source_policies: Logical id of a queue or a bucket to what its own policy has to allow.
    """

    resources: dict[str, Body]
    statements: tuple[Body, ...] = ()
    source_settings: dict[str, Body] = field(default_factory=dict)
    source_policies: dict[str, Body] = field(default_factory=dict)
