"""Powertools' batch processing, as its documentation has it."""

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)

processor = BatchProcessor(event_type=EventType.SQS)


def ship(record):
    if record.json_body["quantity"] < 1:
        raise ValueError("an order of nothing")


def handler(event, context):
    return process_partial_response(
        event=event, record_handler=ship, processor=processor, context=context
    )
