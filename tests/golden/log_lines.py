"""CloudWatch Logs: a function's log, a log group of the application, and existing ones."""

import sparta
from sparta import events, triggers

audit = sparta.Resource("Audit", "AWS::Logs::LogGroup", {"RetentionInDays": 30})


class Entry(sparta.Model):
    level: str
    message: str


@sparta.function()
def work() -> None:
    """Work."""


@sparta.function(
    on=(
        triggers.logs(work, pattern='{ $.level = "ERROR" }'),
        triggers.logs(audit, name="to-watch", transformed=True),
    )
)
def watch(event: events.CloudWatchLogs[Entry]) -> None:
    """Watch."""


@sparta.function(on=(triggers.logs("/company/a"), triggers.logs("/company/b", pattern="?E ?W")))
def collect(event: events.CloudWatchLogs) -> None:
    """Collect."""


if __name__ == "__main__":
    sparta.main("LogLines", "Reads logs", functions=[work, watch, collect])
