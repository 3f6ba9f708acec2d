"""`iot`: a trigger for messages of devices, by a topic rule.

https://docs.aws.amazon.com/iot/latest/developerguide/iot-rules.html
"""

from __future__ import annotations

from sparta.events.iot import Iot
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypedDict, Unpack

    class TopicRuleOptions(TypedDict, total=False):
        """What a topic rule may say; see `iot`."""

        version: Literal["2015-10-08", "2016-03-23", "beta"]
        name: str | None
        enabled: bool
        description: str


class DeviceMessages(Trigger[Iot]):
    """Messages that a topic rule selects."""

    __slots__ = ("options", "sql")
    event_type = Iot

    def __init__(self, sql: str, options: TopicRuleOptions, declared_at: str) -> None:
        super().__init__(declared_at)
        self.sql = sql
        self.options = options


def iot(sql: str, **options: Unpack[TopicRuleOptions]) -> DeviceMessages:
    """Return the trigger for messages of devices.

    Args:
        sql: What is handed over, such as `SELECT *, topic(2) AS device FROM 'devices/+/state'
            WHERE level < 10`; up to 5,000 characters here.
        options: `version`: of the SQL, `2016-03-23` unless told. `name`: the rule's name, letters,
            digits and `_`; CloudFormation makes one where none is given. `enabled`: whether it
            hands over at all. `description`: up to 512 characters.
    """
    return DeviceMessages(sql, options, declared_at())
