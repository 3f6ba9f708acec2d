"""`logs`: a trigger for what is written to a log group, by a subscription filter.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
"""

from __future__ import annotations

from sparta.events.cloudwatch_logs import CloudWatchLogs
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol, TypedDict, Unpack

    from sparta.cfn.resource import Resource

    class LoggingFunction(Protocol):
        """A function of the application."""

        name: str

    class LogOptions(TypedDict, total=False):
        """What a subscription filter may say; see `logs`."""

        pattern: str
        name: str | None
        transformed: bool


class LogLines(Trigger[CloudWatchLogs]):
    """Lines of a log group."""

    __slots__ = ("log_group", "options")
    event_type = CloudWatchLogs

    def __init__(
        self,
        log_group: Resource | LoggingFunction | str,
        options: LogOptions,
        declared_at: str,
    ) -> None:
        super().__init__(declared_at)
        self.log_group = log_group
        self.options = options

    @property
    def source(self) -> object:
        """The log group or the function, where the application declares it."""
        return self.log_group

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other triggers of its class, the same in every process."""
        origin: Any = self.log_group
        return (str(getattr(origin, "logical_id", getattr(origin, "name", origin))),)


def logs(log_group: Resource | LoggingFunction | str, **options: Unpack[LogOptions]) -> LogLines:
    """Return the trigger for what is written to a log group.

    A log group takes two subscriptions.

    Args:
        log_group: A log group of the application (`AWS::Logs::LogGroup`), a function of it, for
            what that one logs, or the name of an existing log group.
        options: `pattern`: only lines that match CloudWatch's filter pattern, up to 1,024
            characters; all if empty. `name`: the filter's name, up to 512 characters;
            CloudFormation makes one where none is given. `transformed`: hands over lines as the
            log group's transformer made them.
    """
    return LogLines(log_group, options, declared_at())
