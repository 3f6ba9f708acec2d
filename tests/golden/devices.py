"""IoT: topic rules."""

import sparta
from sparta import events, triggers


class Reading(sparta.Model):
    device: str
    level: float


@sparta.function(
    on=triggers.iot(
        "SELECT level, topic(2) AS device FROM 'devices/+/state' WHERE level < 10",
        name="low",
        description="Low levels",
    )
)
def low(event: events.Iot[Reading]) -> None:
    """Take low levels."""


@sparta.function(
    alias="live",
    on=(
        triggers.iot("SELECT * FROM 'a/#'", version="2015-10-08"),
        triggers.iot("SELECT * FROM 'b/#'", enabled=False),
    ),
)
def every(event: events.Iot) -> None:
    """Take everything."""


if __name__ == "__main__":
    sparta.main("Devices", "Listens to devices", functions=[low, every])
