"""Handlers of one record: called for each record of a batch, the failed ones reported to Lambda.

A record fails when its content does not decode, or when the handler raises. Of a queue, all others
are still handled; of a FIFO queue, those that come after it in its message group fail with it,
unhandled, so that their order stays. Of a stream, the first failure ends the batch: Lambda goes on
from there. Each failure is logged when it happens.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
"""

from __future__ import annotations

from sparta.errors import DeclarationError, EventError
from sparta.events.batch_failures import BatchFailures
from sparta.events.encoded import text_of_bytes
from sparta.events.event import source_of
from sparta.runtime.codec import InvalidJsonError, value_of_json
from sparta.runtime.decode import decode
from sparta.runtime.schema import schema_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from sparta.events.record import Record
    from sparta.runtime.annotation import Scope
    from sparta.runtime.schema import Schema
    from sparta.runtime.signature import Signature

_TEXT_KINDS = ("str", "text")


class RecordBatches:
    """Makes a batch of a raw event, its records as the handler's annotation says.

    Args:
        record_type: The class of the records.
        schema: Of their content; None leaves it as it is.
    """

    __slots__ = ("record_type", "schema")

    def __init__(self, record_type: type[Record], schema: Schema | None) -> None:
        self.record_type = record_type
        self.schema = schema

    def __call__(self, raw: Any) -> Batch:  # noqa: ANN401 - any JSON
        """Return the batch, or raise EventError for an event of another source."""
        if not self.record_type.is_one(raw):
            source = source_of(raw) or "no source"
            name = self.record_type.__name__
            raise EventError(f"expected a batch of {name}, got an event of {source}", where="event")
        return Batch(self, raw["Records"])

    def record(self, raw: dict[str, Any]) -> Record:
        """Return one record with its content decoded.

        Raises:
            EventError: It does not decode; all problems at once.
        """
        if self.schema is None:
            return self.record_type(raw)
        record: Any = self.record_type(raw)
        if record.form == "images":
            images = _images(self.schema, raw["dynamodb"])
            return self.record_type(raw, images)
        content = record.text if record.form == "text" else record.content
        path = "body" if record.form == "text" else "payload"
        return self.record_type(raw, _content(self.schema, content, path))

    def served_by(
        self, call: Callable[..., Any], signature: Signature, name: str
    ) -> Callable[..., object]:
        """Return what handles a batch by calling `call` for each record.

        Raises:
            DeclarationError: `call` is a generator, which nobody would run.
        """
        if signature.is_stream:
            what = f"the handler {name} of one record is a generator, which would never be run"
            raise DeclarationError(what, where=signature.where, fix="write it without `yield`")
        count = signature.argument_count

        def serve(batch: Batch, context: object) -> BatchFailures:
            for record in batch:
                try:
                    call(*(record, context)[:count])
                except Exception as error:  # noqa: BLE001 - whatever the handler raises
                    batch.fail(record, error)
            return BatchFailures(batch.failed)

        async def serve_async(batch: Batch, context: object) -> BatchFailures:
            for record in batch:
                try:
                    await call(*(record, context)[:count])
                except Exception as error:  # noqa: BLE001 - as above
                    batch.fail(record, error)
            return BatchFailures(batch.failed)

        return serve_async if signature.is_async else serve


class Batch:
    """The records of one event, and which of them failed so far; it is gone through once.

    Args:
        wanted: What makes the records.
        raws: The raw records.
    """

    __slots__ = ("_failed_groups", "_is_over", "failed", "raws", "wanted")

    def __init__(self, wanted: RecordBatches, raws: list[dict[str, Any]]) -> None:
        self.wanted = wanted
        self.raws = raws
        self.failed: list[str] = []
        """What identifies the failed records."""
        self._failed_groups: set[str | None] = set()
        self._is_over = False

    def __iter__(self) -> Iterator[Record]:
        """Yield the records that decode, until there is no sense in going on."""
        for raw in self.raws:
            plain = self.wanted.record_type(raw)
            if self._failed_groups and plain.group in self._failed_groups:
                self.failed.append(plain.item_identifier)
                continue
            try:
                record = self.wanted.record(raw)
            except EventError as error:
                _log_undecodable(plain, error)
                self._failed(plain)
            else:
                yield record
            if self._is_over:
                return

    def fail(self, record: Record, error: Exception) -> None:
        """Take note that the handler raised `error`, the current exception, for a record."""
        from sparta.runtime.structured_log import logger

        if error.__traceback__ is not None:  # of which the first frame is ours
            error.__traceback__ = error.__traceback__.tb_next
        logger.exception("A record failed", itemIdentifier=record.item_identifier)
        self._failed(record)

    def _failed(self, record: Record) -> None:
        self.failed.append(record.item_identifier)
        if record.form != "text":
            self._is_over = True  # of a stream Lambda reads the rest once more
        if record.group is not None:
            self._failed_groups.add(record.group)


def batches_of(annotation: Any, scope: Scope, where: str) -> RecordBatches:  # noqa: ANN401
    """Return what makes batches for an annotation such as `SqsRecord[Order]`.

    Raises:
        DeclarationError: The content's type cannot be decoded.
    """
    record_type = getattr(annotation, "__origin__", annotation)
    arguments = getattr(annotation, "__args__", ())
    schema = schema_of(arguments[0], scope=scope, where=where) if arguments else None
    if record_type.is_transformed:
        from sparta.runtime.transformation import TransformedBatches

        return TransformedBatches(record_type, schema)
    return RecordBatches(record_type, schema)


def _content(schema: Schema, payload: str | bytes, path: str) -> object:
    kind = schema[0]
    if kind == "bytes":
        return payload if isinstance(payload, bytes) else payload.encode()
    text = payload if isinstance(payload, str) else text_of_bytes(payload, path)
    if kind in _TEXT_KINDS:
        return text
    try:
        value = value_of_json(text)
    except InvalidJsonError as error:
        raise EventError(f"not valid JSON: {error}", where=path) from None
    return decode(schema, value, path)


def _images(schema: Schema, change: dict[str, Any]) -> tuple[object, object]:
    from sparta.events.attribute_value import python_item

    return tuple(  # type: ignore[return-value]
        decode(schema, _without_sets(python_item(change[name])), path) if name in change else None
        for name, path in (("NewImage", "new_image"), ("OldImage", "old_image"))
    )


def _without_sets(value: Any) -> Any:  # noqa: ANN401 - what the table holds
    """Return an item with its sets as lists, for which there are types."""
    if isinstance(value, dict):
        return {name: _without_sets(each) for name, each in value.items()}
    if isinstance(value, set):
        return sorted(value)
    return [_without_sets(each) for each in value] if isinstance(value, list) else value


def _log_undecodable(record: Record, error: EventError) -> None:
    from sparta.runtime.structured_log import logger

    logger.error(
        "A record does not decode",
        itemIdentifier=record.item_identifier,
        errorType="EventError",
        errorMessage="; ".join(str(problem) for problem in error.problems),
    )
