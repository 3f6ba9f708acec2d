"""`sparta.metric` and the runtime's own metrics: valid, and the same lines in both runtimes."""

from __future__ import annotations

import contextlib
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta.runtime.metric import UNITS

if TYPE_CHECKING:
    from tests.conformance.observed.conftest import Starter

ORDERS = """
import sparta
def handler(event, context):
    sparta.metric("Orders", 1, unit="Count")
    sparta.metric("Orders", -2, unit="Count", kind="gift", name="a \\" \\\\ b", of="x")
    sparta.metric("Time", 0.1, unit="Milliseconds", namespace="Shop/Web")
    for value in (0.0, 1e100, 1e-7, 123456789.5, 2**62, 2**63, -(2**63), 10**30, 3.0):
        sparta.metric("Number", value)
    try:
        sparta.metric("Wrong", float("nan"), unit="Pieces", kind="")
    except sparta.MetricError as error:
        return str(error)
"""
STACK = {"SPARTA_DISCOVERY_INFO": '{"StackName": "Shop-1", "Region": "r", "Resources": {}}'}
TIMESTAMP = re.compile(rb'"Timestamp": \d{13}\b')
MEASURED = """
import sparta, sys
class Order(sparta.Model):
    sku: str
@sparta.function(runtime_metrics=True)
def handler(request: sparta.Request[Order]):
    return {"sku": request.body.sku}
"""


def problems_of_line(line: str) -> list[str]:
    """Return what CloudWatch's specification of the format has against a line."""
    document = json.loads(line)
    metadata = document["_aws"]
    found = []
    if not isinstance(metadata["Timestamp"], int) or set(metadata) != {
        "Timestamp",
        "CloudWatchMetrics",
    }:
        found.append("metadata")
    for directive in metadata["CloudWatchMetrics"]:
        if set(directive) != {"Namespace", "Dimensions", "Metrics"}:
            found.append("members of the directive")
        if not re.fullmatch(r"(?s).{1,1024}", directive["Namespace"]):
            found.append("namespace")
        if not 1 <= len(directive["Metrics"]) <= 100 or len(directive["Dimensions"]) < 1:
            found.append("number of metrics or of dimension sets")
        found += definition_problems(directive, document)
    return found


def definition_problems(directive: dict[str, Any], document: dict[str, Any]) -> list[str]:
    found = []
    for dimensions in directive["Dimensions"]:
        if len(dimensions) > 30 or len(set(dimensions)) != len(dimensions):
            found.append("dimension set")
        for name in dimensions:
            text = document.get(name)
            if not 1 <= len(name) <= 250 or not isinstance(text, str) or not 1 <= len(text) <= 1024:
                found.append(f"dimension {name}")
    for definition in directive["Metrics"]:
        value = document.get(definition["Name"])
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not 1 <= len(definition["Name"]) <= 1024 or not is_number:
            found.append(f"metric {definition['Name']}")
        if not set(definition) <= {"Name", "Unit", "StorageResolution"}:
            found.append("members of the definition")
        if definition.get("Unit", "None") not in UNITS.split():
            found.append(f"unit {definition['Unit']}")
    return found


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize("form", ["Text", "JSON"])
@pytest.mark.parametrize("variables", [{}, STACK], ids=["function", "stack"])
def test_lines_are_valid_and_the_same_in_both_runtimes(
    start: Starter, variables: dict[str, str], form: str, *, framed: bool
) -> None:
    found, kinds, texts = [], [], []
    for runtime in ("aws", "native"):
        settings = {**variables, "AWS_LAMBDA_LOG_FORMAT": form}
        function = start(runtime, ORDERS, settings, framed=framed)
        texts.append(json.loads(function.invoke().body))
        written = b"".join(text for _, text in function.frames) if framed else function.output
        found.append(TIMESTAMP.sub(b"", written))
        kinds.append({kind for kind, _ in function.frames})
        lines = written.decode().removesuffix("\n").split("\n")
        assert [problems_of_line(line) for line in lines] == [[]] * 12
        namespaces = [
            json.loads(line)["_aws"]["CloudWatchMetrics"][0]["Namespace"] for line in lines
        ]
        assert namespaces[:3] == ["Shop-1" if variables else "Shop"] * 2 + ["Shop/Web"]
        assert json.loads(lines[1])["name"] == 'a " \\ b'
    assert found[0] == found[1]
    assert kinds == [{0xA55A0002 if form == "JSON" else 0xA55A0003} if framed else set()] * 2
    assert texts[0] == texts[1]
    assert "'Pieces' is no unit" in texts[0]
    assert "is nan" in texts[0]
    assert "the dimension 'kind' is ''" in texts[0]


def written_by_a_test(name: Any, value: Any, **keywords: Any) -> dict[str, Any]:
    with contextlib.redirect_stdout(io.StringIO()) as output:
        sparta.metric(name, value, **keywords)
    line = output.getvalue()
    assert problems_of_line(line) == []
    assert line.endswith("}\n")
    decoded: dict[str, Any] = json.loads(line)
    return decoded


def test_a_unit_test_sees_it_on_standard_output() -> None:
    dimensions = {f"d{i}": "x" for i in range(30)}
    written = written_by_a_test("Orders", 2, unit="Count", **dimensions)
    assert written["Orders"] == 2
    assert written["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [list(dimensions)]
    assert written["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "sparta"


@pytest.mark.parametrize(
    ("arguments", "keywords", "text"),
    [
        (("Orders", float("inf")), {}, "the value of 'Orders' is inf"),
        (("Orders", 2.1e108 * 10), {}, "does not take"),
        (("Orders", True), {}, "is a bool"),
        (("Orders", "1"), {}, "is a str"),
        (("", 1), {}, "the metric's name is ''"),
        (("x" * 1025, 1), {}, "of 1025 characters"),
        ((5, 1), {}, "the metric's name is a int"),
        (("Orders", 1), {"unit": "count"}, "'count' is no unit"),
        (("Orders", 1), {"namespace": " "}, "the namespace is ' '"),
        (("Orders", 1), {"kind": 5}, "the dimension 'kind' is a int"),
        (("Orders", 1), {"kind": "\ud800"}, "lone surrogate"),
        (("Orders", 1), {"kind": "caf\u00e9"}, "'kind' holds more than ASCII"),
        (("Orders", 1), {"kind": "a\nb"}, "'kind' holds more than ASCII without control"),
        (("Orders", 1), {"caf\u00e9": "x"}, "a dimension's name holds more than ASCII"),
        (("Orders", 1), {":kind": "x"}, "':kind' starts with a colon"),
        (("Orders", 1), {"kind": "x" * 1025}, "of 1025 characters"),
        (("Orders", 1), {"namespace": "AWS/Lambda"}, "is not for metrics of your own"),
        (("Orders", 1), {"namespace": ":a"}, "is not for metrics of your own"),
        (("Orders", 1), {"namespace": "caf\u00e9"}, "the namespace holds more than ASCII"),
        (("Orders", 1), {"namespace": 5}, "the namespace is a int"),
        (("Orders", 1), {"unit": None}, "None is no unit"),
        ((["Orders"], 1), {"kind": "x"}, "the metric's name is a list"),
        (("Orders", 1), {"Orders": "x"}, "a name that is taken"),
        (("Orders", 1), {"_aws": "x"}, "a name that is taken"),
        (("Orders", 1), {f"d{i}": "x" for i in range(31)}, "has 31 dimensions"),
    ],
)
def test_what_cloudwatch_would_not_take_is_refused(
    arguments: tuple[Any, Any], keywords: dict[str, Any], text: str
) -> None:
    with (
        contextlib.redirect_stdout(io.StringIO()) as output,
        pytest.raises(sparta.MetricError) as caught,
    ):
        sparta.metric(*arguments, **keywords)
    assert text in str(caught.value)
    assert output.getvalue() == ""


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(sparta.MetricError) as caught:
        sparta.metric("", float("nan"), unit="x", namespace="", kind="")  # type: ignore[arg-type]
    assert len(caught.value.problems) == 5


def test_the_runtime_measures_itself_where_asked(start: Starter, client: str) -> None:
    function = start(client, MEASURED, handler="index.entry")
    event = json.dumps({"body": '{"sku": "a"}'}).encode()
    outcomes = [function.invoke(event), function.invoke(event), function.invoke(b'{"body": "{}"}')]
    assert [json.loads(outcome.body)["statusCode"] for outcome in outcomes] == [200, 200, 400]
    lines = [line for line in function.output.decode().splitlines() if line.startswith('{"_aws"')]
    first, second, refused = (json.loads(line) for line in lines)
    assert [problems_of_line(line) for line in lines] == [[]] * 3
    assert (first["ColdStart"], second["ColdStart"]) == (1, 0)
    assert first["FunctionName"] == "Shop_orders"
    assert 0 <= first["HandlerDuration"] < 5_000_000
    if client == "native":
        assert 0 < first["InitDuration"] < 20_000
        assert "InitDuration" not in second
        assert 0 <= second["DecodeDuration"] < 5_000_000
        assert 0 <= second["EncodeDuration"] < 5_000_000
        assert second["RequestSize"] == len(event)
        assert second["ResponseSize"] == len(outcomes[1].body)
        assert "HandlerDuration" not in refused


def test_nothing_is_measured_where_not_asked(start: Starter, client: str) -> None:
    function = start(client, MEASURED.replace("runtime_metrics=True", ""), handler="index.entry")
    function.invoke(b'{"body": "{\\"sku\\": \\"a\\"}"}')
    assert function.output == b""
