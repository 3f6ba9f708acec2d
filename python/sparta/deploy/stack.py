"""What AWS says about a stack, as values: Stack, StackEvent, StackResource."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

STACK_TYPE = "AWS::CloudFormation::Stack"


@dataclass(frozen=True, slots=True)
class Stack:
    """One stack, as DescribeStacks shows it.

    Args:
        stack_id: The stack's ARN; it names this stack even after its deletion.
        name: Its name, which a later stack may bear again.
        status: Such as `CREATE_COMPLETE`.
        reason: Why it has that status; empty when AWS gives no reason.
        created_at: When the stack was created.
        protected: Whether termination protection is on.
    """

    stack_id: str
    name: str
    status: str
    created_at: datetime
    reason: str = ""
    description: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    outputs: Mapping[str, str] = field(default_factory=dict[str, str])
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    protected: bool = False

    @property
    def moving(self) -> bool:
        """Whether an operation is running (REVIEW_IN_PROGRESS is none: nothing runs there)."""
        return self.status.endswith("_IN_PROGRESS") and self.status != "REVIEW_IN_PROGRESS"


@dataclass(frozen=True, slots=True)
class StackEvent:
    """One line of a stack's history.

    Args:
        at: When it happened.
        resource_type: Such as `AWS::Lambda::Function`; the stack itself has `STACK_TYPE`.
        status: Such as `CREATE_FAILED`.
        reason: AWS's explanation; empty when there is none.
    """

    event_id: str
    stack_id: str
    logical_id: str
    physical_id: str
    resource_type: str
    status: str
    at: datetime
    reason: str = ""

    @property
    def of_stack(self) -> bool:
        """Whether this event is about the stack itself, not about one of its resources."""
        return self.resource_type == STACK_TYPE and self.physical_id == self.stack_id

    @property
    def failed(self) -> bool:
        """Whether this is a failure of its own, not one that followed from another."""
        return self.status.endswith("_FAILED") and "cancelled" not in self.reason.lower()


@dataclass(frozen=True, slots=True)
class StackResource:
    """One resource of a stack, as ListStackResources shows it."""

    logical_id: str
    physical_id: str
    resource_type: str
    status: str
    reason: str = ""
