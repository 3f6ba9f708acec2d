"""A dashboard drawn from the application: rows of graphs, each as wide as its row allows.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from sparta.cfn.condition import If
from sparta.model.reference import REF
from sparta.model.token import Token
from sparta.template.function_name import function_name
from sparta.template.http_api import api_id
from sparta.template.logical_id import logical_id
from sparta.template.operations.statistic import named_dimensions, namespace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sparta.app.application import Application
    from sparta.cfn.resource import Resource
    from sparta.operations.dashboard import Dashboard
    from sparta.operations.metric import Statistic
    from sparta.template.template import Body

_COLUMNS = 24
_HEIGHT = 6
_TITLE_HEIGHT = 1
_FUNCTION_GRAPHS = (
    ("Invocations and errors", (("Invocations", "Sum"), ("Errors", "Sum"), ("Throttles", "Sum"))),
    ("Duration (ms)", (("Duration", "p50"), ("Duration", "p99"), ("Duration", "Maximum"))),
    ("At a time", (("ConcurrentExecutions", "Maximum"),)),
)
_RESOURCE_GRAPHS = {
    "AWS::DynamoDB::Table": (
        *("AWS/DynamoDB", "TableName", REF),
        (
            ("ConsumedReadCapacityUnits", "Sum"),
            ("ConsumedWriteCapacityUnits", "Sum"),
            ("ThrottledRequests", "Sum"),
        ),
    ),
    "AWS::Kinesis::Stream": (
        *("AWS/Kinesis", "StreamName", REF),
        (("IncomingRecords", "Sum"), ("GetRecords.IteratorAgeMilliseconds", "Maximum")),
    ),
    "AWS::SNS::Topic": (
        *("AWS/SNS", "TopicName", "TopicName"),
        (("NumberOfMessagesPublished", "Sum"), ("NumberOfNotificationsFailed", "Sum")),
    ),
    "AWS::SQS::Queue": (
        *("AWS/SQS", "QueueName", "QueueName"),
        (
            ("ApproximateNumberOfMessagesVisible", "Maximum"),
            ("ApproximateAgeOfOldestMessage", "Maximum"),
            ("NumberOfMessagesSent", "Sum"),
        ),
    ),
}
"""By type: namespace, dimension, the attribute that is its value, and what is drawn."""

Row = tuple[str, list[tuple[str, list[list[Any]]]]]
"""A title, and graphs: each a title and its metrics."""


def resources(dashboard: Dashboard, application: Application) -> dict[str, Body]:
    """Return the dashboard."""
    rows = [
        *_function_rows(application),
        *_api_rows(application),
        *_resource_rows(application.resources),
        *_more_rows(dashboard.more, application.name),
    ]
    body = {"start": f"-PT{dashboard.hours}H", "widgets": list(_widgets(rows))}
    properties = {
        "DashboardBody": orjson.dumps(body).decode(),
        "DashboardName": f"{Token('AWS::StackName')}-{dashboard.name}",
    }
    found = {"Type": "AWS::CloudWatch::Dashboard", "Properties": properties}
    return {logical_id("Dashboard", dashboard.name): found}


def _function_rows(application: Application) -> Iterator[Row]:
    for function in application.functions:
        about = ["FunctionName", function_name(application.name, function.name)]
        graphs = [
            (title, [["AWS/Lambda", metric, *about, _shown(stat)] for metric, stat in drawn])
            for title, drawn in _FUNCTION_GRAPHS
        ]
        yield f"Function {function.name}", graphs


def _api_rows(application: Application) -> Iterator[Row]:
    if application.api is None:
        return
    about = ["ApiId", str(Token(api_id(application.api)))]
    drawn: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
        ("Requests and errors", (("Count", "Sum"), ("4xx", "Sum"), ("5xx", "Sum"))),
        ("Latency (ms)", (("Latency", "p50"), ("Latency", "p99"))),
    )
    yield (
        f"API {application.api.name}",
        [
            (title, [["AWS/ApiGateway", metric, *about, _shown(stat)] for metric, stat in metrics])
            for title, metrics in drawn
        ],
    )


def _resource_rows(declared: Sequence[Resource]) -> Iterator[Row]:
    for resource in declared:
        if resource.type not in _RESOURCE_GRAPHS:
            continue
        namespace, dimension, attribute, drawn = _RESOURCE_GRAPHS[resource.type]
        value = str(Token(resource.logical_id, attribute))
        if resource.condition is not None:  # where it is not made, its graphs stay empty
            value = str(If(resource.condition, value, "-"))
        title = f"{resource.type.rpartition('::')[2]} {resource.logical_id}"
        graphs = [
            (metric, [[namespace, metric, dimension, value, _shown(stat)]])
            for metric, stat in drawn
        ]
        yield title, graphs


def _more_rows(more: Sequence[Statistic], service: str) -> Iterator[Row]:
    if not more:
        return
    metrics = [
        [
            namespace(one.metric),
            one.metric.name,
            *(text for pair in named_dimensions(one.metric, service).items() for text in pair),
            _shown(one.name),
        ]
        for one in more
    ]
    yield "More", [("Metrics", metrics)]


def _shown(statistic: str) -> dict[str, str]:
    return {"stat": statistic}


def _widgets(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    y = 0
    for title, graphs in rows:
        text = {"markdown": f"## {title}"}
        yield _widget("text", (0, y), (_COLUMNS, _TITLE_HEIGHT), text)
        y += _TITLE_HEIGHT
        width = _COLUMNS // len(graphs)
        for number, (heading, metrics) in enumerate(graphs):
            drawn = {
                "metrics": metrics,
                "period": 60,
                "region": str(Token("AWS::Region")),
                "title": heading,
            }
            yield _widget("metric", (number * width, y), (width, _HEIGHT), drawn)
        y += _HEIGHT


def _widget(
    kind: str, place: tuple[int, int], size: tuple[int, int], properties: dict[str, Any]
) -> dict[str, Any]:
    at = {"x": place[0], "y": place[1], "width": size[0], "height": size[1]}
    return {"type": kind, **at, "properties": properties}
