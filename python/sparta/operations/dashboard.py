"""`Dashboard`: the whole application on one page of CloudWatch, drawn from what is declared."""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.operations.operation import Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.operations.metric import Statistic


class Dashboard(Operation):
    """A dashboard with a row for each function, queue, table, stream, topic and the API.

    Args:
        name: Its name, after the stack's: letters, digits, `-` and `_`.
        more: Statistics of your own, which get a graph together.
        hours: How far back it shows, 1 to 168 hours.
    """

    def __init__(
        self, name: str = "Operations", *, more: Sequence[Statistic] = (), hours: int = 3
    ) -> None:
        super().__init__(name, declared_at())
        self.more = tuple(more)
        self.hours = hours
