"""`alb`: a trigger for the requests that a listener of a load balancer gets.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

from sparta.events.alb import Alb
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypedDict, Unpack

    from sparta.cfn.resource import Resource

    class ListenerOptions(TypedDict, total=False):
        """Which requests, and how they are handed over; see `alb`."""

        paths: Sequence[str]
        hosts: Sequence[str]
        methods: Sequence[str]
        headers: Mapping[str, Sequence[str]]
        multi_value_headers: bool
        health_check: str | None


class ListenerRequests(Trigger[Alb]):
    """Requests that a listener's rule picks."""

    __slots__ = ("listener", "options", "priority")
    event_type = Alb

    def __init__(
        self, listener: Resource | str, priority: int, options: ListenerOptions, declared_at: str
    ) -> None:
        super().__init__(declared_at)
        self.listener = listener
        self.priority = priority
        self.options = options

    @property
    def source(self) -> object:
        """The listener, where the application declares it."""
        return self.listener

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other triggers of its class, the same in every process."""
        return (str(getattr(self.listener, "logical_id", self.listener)),)


def alb(
    listener: Resource | str, *, priority: int, **options: Unpack[ListenerOptions]
) -> ListenerRequests:
    """Return the trigger for requests to an Application Load Balancer.

    The handler returns `event.answer(...)`.

    Args:
        listener: A listener of the application (`AWS::ElasticLoadBalancingV2::Listener`), or the
            ARN of an existing one.
        priority: The rule's place among those of the listener, 1 to 50,000; each is taken once.
        options: Which requests; at least one of `paths` (`/orders/*`), `hosts`, `methods` and
            `headers`, each a list of values of which one has to match; `*` and `?` stand for
            others, but not in a method. `multi_value_headers`: whether headers and queries come
            with all of their values, as they do unless told. `health_check`: the path that the
            load balancer asks every 35 s, as an event like any other; never if not given.
    """
    return ListenerRequests(listener, priority, options, declared_at())
