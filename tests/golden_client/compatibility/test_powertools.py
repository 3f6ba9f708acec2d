"""AWS's Powertools for Lambda: each of its parts does what it does under AWS's client."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.golden_client.compatibility.conftest import Compatibility

SERVICE = {"POWERTOOLS_SERVICE_NAME": "orders", "POWERTOOLS_METRICS_NAMESPACE": "Shop"}


def message(number: int, body: str) -> dict[str, Any]:
    """Return a record of Amazon SQS."""
    return {
        "messageId": f"m{number}", "receiptHandle": "r", "body": body, "messageAttributes": {},
        "attributes": {
            "ApproximateReceiveCount": "1", "SentTimestamp": "1", "SenderId": "s",
            "ApproximateFirstReceiveTimestamp": "1",
        },
        "md5OfBody": "", "eventSource": "aws:sqs", "awsRegion": "us-east-1",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:queue",
    }  # fmt: skip


def request(method: str, path: str, body: str | None = None) -> dict[str, Any]:
    """Return a request of an HTTP API."""
    return {
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "a=1&a=2",
        "headers": {"content-type": "application/json", "host": "example"},
        "queryStringParameters": {"a": "1,2"}, "body": body, "isBase64Encoded": False,
        "requestContext": {
            "accountId": "1", "apiId": "a", "domainName": "d", "stage": "$default", "timeEpoch": 1,
            "requestId": "r", "time": "t", "routeKey": "$default", "domainPrefix": "d",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "1.1.1.1",
                     "userAgent": "u"},
        },
    }  # fmt: skip


def test_logger(compatibility: Compatibility) -> None:
    source = """
from aws_lambda_powertools import Logger
logger = Logger(level="DEBUG")
@logger.inject_lambda_context(log_event=True, clear_state=True)
def handler(event, context):
    logger.append_keys(order=event["id"])
    logger.info("taken é")
    try:
        1 / 0
    except ZeroDivisionError:
        logger.exception("failed")
    return logger.get_correlation_id()
"""
    seen = compatibility.same(source, {"id": 1}, {"id": 2}, **SERVICE)
    lines = [json.loads(line) for line in seen.stdout.splitlines()]
    assert [line["cold_start"] for line in lines] == [True] * 3 + [False] * 3
    assert lines[1]["function_request_id"] == "request-0"
    assert lines[1]["xray_trace_id"] == "1-5759e988-bd862e3fe1be46a994272793"


def test_metrics(compatibility: Compatibility) -> None:
    source = """
from aws_lambda_powertools import Metrics
metrics = Metrics()
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event, context):
    metrics.add_metric(name="Taken", unit="Count", value=event)
"""
    seen = compatibility.same(source, 1, 2, **SERVICE)
    written = [json.loads(line) for line in seen.stdout.splitlines()]
    assert [line.get("Taken") for line in written if "Taken" in line] == [[1.0], [2.0]]


def test_batch(compatibility: Compatibility) -> None:
    source = """
from aws_lambda_powertools.utilities import batch
processor = batch.BatchProcessor(event_type=batch.EventType.SQS)
def one(record):
    return int(record.body)
def handler(event, context):
    return batch.process_partial_response(event, one, processor, context)
"""
    event = {"Records": [message(1, "1"), message(2, "x"), message(3, "3")]}
    seen = compatibility.same(source, event, event, **SERVICE)
    assert seen.values == [{"batchItemFailures": [{"itemIdentifier": "m2"}]}] * 2


def test_parser(compatibility: Compatibility) -> None:
    source = """
from aws_lambda_powertools.utilities.parser import BaseModel, ValidationError, event_parser, parse
from aws_lambda_powertools.utilities.parser.envelopes import SqsEnvelope
from aws_lambda_powertools.utilities.typing import LambdaContext
class Order(BaseModel):
    sku: str
    count: int
@event_parser(model=Order, envelope=SqsEnvelope)
def orders(event: list[Order], context: LambdaContext):
    return [order.model_dump() for order in event]
def handler(event, context: LambdaContext):
    try:
        return orders(event, context)
    except ValidationError as error:
        return error.errors(include_url=False)
"""
    good, bad = ('{"sku": "a", "count": 2}', '{"sku": "a", "count": "x"}')
    events = [{"Records": [message(1, body)]} for body in (good, bad)]
    seen = compatibility.same(source, *events, **SERVICE)
    assert seen.values[0] == [{"sku": "a", "count": 2}]
    assert seen.values[1][0]["type"] == "int_parsing"


def test_event_handler(compatibility: Compatibility) -> None:
    source = """
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, CORSConfig
from aws_lambda_powertools.event_handler.exceptions import BadRequestError
app = APIGatewayHttpResolver(enable_validation=True, cors=CORSConfig())
@app.post("/orders/<name>")
def take(name: str) -> dict:
    if name == "bad":
        raise BadRequestError("no")
    return {"name": name, "body": app.current_event.json_body}
def handler(event, context):
    return app.resolve(event, context)
"""
    events = [request("POST", f"/orders/{name}", '{"a": "é"}') for name in ("one", "bad")]
    seen = compatibility.same(source, *events, request("GET", "/absent"), **SERVICE)
    assert [value["statusCode"] for value in seen.values] == [200, 400, 404]
