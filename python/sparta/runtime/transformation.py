"""Handlers of one record of a delivery stream: what they return is the record's new data.

Each record is answered, whatever becomes of it: one that does not decode, whose handler raises, or
whose new data has no JSON form, is logged and failed, and Firehose keeps it beside the others.

Source: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html
"""

from __future__ import annotations

from sparta.errors import DeclarationError, EventError
from sparta.events.firehose import Firehose, FirehoseRecord, Transformed
from sparta.runtime.codec import json_of_value
from sparta.runtime.records import Batch, RecordBatches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sparta.events.record import Record
    from sparta.runtime.signature import Signature


class TransformedBatches(RecordBatches):
    """Makes a batch of a raw event of a delivery stream."""

    __slots__ = ()

    def __call__(self, raw: Any) -> Batch:  # noqa: ANN401 - any JSON
        """Return the batch, or raise EventError for an event of another source."""
        if not Firehose.is_one(raw):
            raise EventError("expected a batch of FirehoseRecord", where="event")
        return TransformedBatch(self, raw["records"])

    def served_by(
        self, call: Callable[..., Any], signature: Signature, name: str
    ) -> Callable[..., object]:
        """Return what transforms a batch by calling `call` for each record.

        Raises:
            DeclarationError: `call` is a generator, which nobody would run.
        """
        if signature.is_stream:
            what = f"the handler {name} of one record is a generator, which would never be run"
            raise DeclarationError(what, where=signature.where, fix="write it without `yield`")
        count = signature.argument_count

        def serve(batch: Batch, context: object) -> dict[str, Any]:
            answered = []
            for record in batch:
                try:
                    outcome = _record_outcome(record, call(*(record, context)[:count]))
                except Exception as error:  # noqa: BLE001 - whatever the handler raises
                    batch.fail(record, error)
                else:
                    answered.append(outcome)
            return _batch_answer(batch, answered)

        async def serve_async(batch: Batch, context: object) -> dict[str, Any]:
            answered = []
            for record in batch:
                try:
                    outcome = _record_outcome(record, await call(*(record, context)[:count]))
                except Exception as error:  # noqa: BLE001 - as above
                    batch.fail(record, error)
                else:
                    answered.append(outcome)
            return _batch_answer(batch, answered)

        return serve_async if signature.is_async else serve


class TransformedBatch(Batch):
    """The records of one event; what became of one says nothing about the others."""

    __slots__ = ()

    def _failed(self, record: Record) -> None:
        self.failed.append(record.item_identifier)


def _record_outcome(record: Any, result: Any) -> dict[str, Any]:  # noqa: ANN401 - a FirehoseRecord
    if result is None:
        result = record.dropped()
    elif not isinstance(result, Transformed):
        content = result if isinstance(result, (bytes, str)) else f"{json_of_value(result)}\n"
        result = record.transformed(content)
    return result._asdict()  # type: ignore[no-any-return]


def _batch_answer(batch: Batch, answered: list[dict[str, Any]]) -> dict[str, Any]:
    named = {one["recordId"]: one for one in answered}
    failed = (FirehoseRecord(raw).failed() for raw in batch.raws)
    return {"records": [named.get(one.record_id) or one._asdict() for one in failed]}
