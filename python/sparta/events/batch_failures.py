"""The answer that names the failed records of a batch.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from sparta.events.record import Record


class BatchFailures:
    """The records that failed; all others of the batch are done.

    A handler that is annotated to return it has its mapping report failures. Of a stream, Lambda
    takes the first of them as the place to go on from.

    Args:
        failed: Records, or what identifies them: message ids, sequence numbers.
    """

    __slots__ = ("identifiers",)

    def __init__(self, failed: Iterable[Record | str] = ()) -> None:
        self.identifiers = [
            each if isinstance(each, str) else each.item_identifier for each in failed
        ]

    def _asdict(self) -> dict[str, Any]:
        return {"batchItemFailures": [{"itemIdentifier": each} for each in self.identifiers]}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BatchFailures) and self.identifiers == other.identifiers

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"BatchFailures({self.identifiers!r})"
