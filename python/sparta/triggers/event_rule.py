"""`rule`: a trigger for the events of an EventBridge bus that match a pattern.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html
"""

from __future__ import annotations

from sparta.events.eventbridge import EventBridge
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, TypedDict, Unpack

    from sparta.cfn.resource import Resource

    Matchers = Sequence[str | int | float | bool | Mapping[str, Any] | None]
    """The values of one field, any of which matches: plain ones, and operators."""

    EventPattern = TypedDict(
        "EventPattern",
        {
            "account": Matchers,
            "detail": Mapping[str, Any],
            "detail-type": Matchers,
            "id": Matchers,
            "region": Matchers,
            "replay-name": Matchers,
            "resources": Matchers,
            "source": Matchers,
            "time": Matchers,
            "version": Matchers,
            "$or": Sequence[Mapping[str, Any]],
        },
        total=False,
    )
    """Which events: what is not named may be anything."""

    class RuleOptions(TypedDict, total=False):
        """What a rule may say beside its pattern; see `rule`."""

        retries: int | None
        event_age_s: int | None
        dead_letter: Resource | str | None
        enabled: bool
        description: str


class RuleMatches(Trigger[EventBridge]):
    """Events of a bus that match a pattern."""

    __slots__ = ("bus", "options", "pattern")
    event_type = EventBridge

    def __init__(
        self,
        pattern: EventPattern,
        bus: Resource | str | None,
        options: RuleOptions,
        declared_at: str,
    ) -> None:
        super().__init__(declared_at)
        self.pattern = pattern
        self.bus = bus
        self.options = options

    @property
    def source(self) -> object:
        """The bus, where the application declares it."""
        return self.bus

    @property
    def linked(self) -> tuple[object, ...]:
        """The queue for events that cannot be delivered, if any."""
        return (self.options.get("dead_letter"),)


def rule(
    pattern: EventPattern, *, bus: Resource | str | None = None, **options: Unpack[RuleOptions]
) -> RuleMatches:
    """Return the trigger for the events of a bus that match `pattern`.

    Args:
        pattern: Such as `{"source": ["com.example.orders"], "detail": {"state": ["paid"]}}`;
            checked before anything is deployed.
        bus: A bus of the application, or the name or ARN of an existing one; the account's
            default bus where none is given.
        options: `retries` (0 to 185) and `event_age_s` (60 to 86,400 s): how often and how long a
            failing delivery is tried again. `dead_letter`: the queue, or the ARN of one, for what
            was not delivered. `enabled`: whether it delivers at all. `description`: up to 512
            characters.
    """
    return RuleMatches(pattern, bus, options, declared_at())
