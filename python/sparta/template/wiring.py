"""What one event source adds to the template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sparta.aws.bucket import ObjectEvents
    from sparta.template.template import Body


@dataclass(frozen=True, slots=True)
class Notification:
    """What one function wants of the configuration of one bucket.

    Args:
        trigger: The trigger.
        function_id: The function's logical id.
        permission_id: That of the permission which S3 needs; empty where EventBridge is meant.
    """

    trigger: ObjectEvents
    function_id: str
    permission_id: str


@dataclass(frozen=True, slots=True)
class Wiring:
    """What it takes for one source to reach one function.

    Args:
        resources: Logical id to resource.
        statements: What the function's own role needs, as IAM statements.
        source_settings: Logical id to properties that the source itself has to have.
        source_policies: Logical id of a queue or a bucket to what its own policy has to allow.
        notifications: What a bucket has to send by its own configuration.
    """

    resources: dict[str, Body]
    statements: tuple[Body, ...] = ()
    source_settings: dict[str, Body] = field(default_factory=dict)
    source_policies: dict[str, Body] = field(default_factory=dict)
    notifications: tuple[Notification, ...] = ()
