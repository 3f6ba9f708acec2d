"""`sparta.logger`: the same lines in both runtimes, for any handler, without `logging`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.observed.conftest import Starter

ARN = "arn:aws:lambda:us-east-1:123456789012:function:orders"
SOURCE = """
import sparta, sys
sparta.logger.warning("at import")
class Text(str): pass
class Odd:
    def __str__(self): return "odd è"
@sparta.function()
def handler(event, context):
    sparta.logger.debug("debug")
    sparta.logger.info("è \\u2028 \\" 😀", number=1, real=1.5, none=None, deep={"a": [1, (2,), {}]})
    sparta.logger.warning({"a": 1}, odd=Odd(), text=Text("t"), keys={1: 2}, big=2**70, level="mine")
    sparta.logger.error("surrogate \\ud800")
    try:
        {}["missing"]
    except KeyError:
        sparta.logger.exception("failed", sku="a")
    sparta.logger.exception("no exception")
    return "logging" in sys.modules
"""


def lines_of(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode().split("\n") if line]


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize(
    "variables",
    [{}, {"SPARTA_LOG_LEVEL": "debug", "AWS_LAMBDA_LOG_FORMAT": "JSON"}],
    ids=["plain", "json"],
)
def test_both_runtimes_write_the_same(
    start: Starter, timeless: Callable[[bytes], bytes], variables: dict[str, str], *, framed: bool
) -> None:
    found = []
    for runtime in ("aws", "native"):
        function = start(runtime, SOURCE, variables, framed=framed, handler="index.entry")
        outcome = function.invoke(request_id="id-1", function_arn=ARN)
        assert outcome.body == (b"false" if runtime == "native" else b"true")
        frames = function.frames if framed else [(0, function.output)]
        instances = {line["instanceId"] for _, text in frames for line in lines_of(text)}
        (instance,) = instances
        assert len(instance) == 16
        found.append(
            [(kind, timeless(text).replace(instance.encode(), b"")) for kind, text in frames]
        )
    assert found[0] == found[1]
    if framed:
        first = 0xA55A0002 if variables else 0xA55A0003
        kinds = [kind - first for kind, _ in found[1]]
        levels = ["WARNING", "DEBUG", "INFO", "WARNING", "ERROR", "ERROR", "ERROR"]
        levels = [level for level in levels if variables or level != "DEBUG"]
        steps = {"DEBUG": 8, "INFO": 12, "WARNING": 16, "ERROR": 20}
        assert kinds == [steps[level] for level in levels]


def test_what_is_in_a_line(start: Starter, client: str) -> None:
    function = start(client, SOURCE, handler="index.entry")
    function.invoke(request_id="id-1", function_arn=ARN)
    at_import, first, second, third, failed, unfailed = lines_of(function.output)
    assert list(at_import) == ["timestamp", "level", "message", "buildId", "instanceId"]
    assert list(first)[:7] == [
        *("timestamp", "level", "message"),
        *("requestId", "functionArn", "buildId", "instanceId"),
    ]
    assert {name: first[name] for name in ("requestId", "functionArn", "buildId")} == {
        "requestId": "id-1",
        "functionArn": ARN,
        "buildId": "5eed",
    }
    assert first["message"] == 'è \u2028 " 😀'
    assert (first["number"], first["real"], first["none"]) == (1, 1.5, None)
    assert first["deep"] == {"a": [1, [2], {}]}
    assert (second["message"], second["level"], second["odd"]) == ({"a": 1}, "WARNING", "odd è")
    assert (second["text"], second["keys"], second["big"]) == ("t", {"1": 2}, 2**70)
    assert third["message"] == "surrogate \ud800"
    assert (failed["errorType"], failed["errorMessage"], failed["sku"]) == (
        "KeyError",
        "'missing'",
        "a",
    )
    assert '["missing"]' in failed["stackTrace"][0]
    assert "errorType" not in unfailed


def test_the_invocation_is_that_of_the_event(start: Starter, client: str) -> None:
    source = "import sparta\n@sparta.function()\ndef handler():\n    sparta.logger.info('x')\n"
    function = start(client, source, handler="index.entry")
    for request_id in ("one", "two"):
        function.invoke(request_id=request_id)
    assert [line["requestId"] for line in lines_of(function.output)] == ["one", "two"]


@pytest.mark.parametrize(
    ("variables", "levels"),
    [
        ({}, ["INFO", "WARNING", "ERROR"]),
        ({"SPARTA_LOG_LEVEL": "error"}, ["ERROR"]),
        ({"SPARTA_LOG_LEVEL": "DEBUG"}, ["DEBUG", "INFO", "WARNING", "ERROR"]),
        ({"AWS_LAMBDA_LOG_LEVEL": "WARN"}, ["WARNING", "ERROR"]),
        (
            {"AWS_LAMBDA_LOG_LEVEL": "ERROR", "SPARTA_LOG_LEVEL": "warning"},
            ["WARNING", "ERROR"],
        ),
        ({"SPARTA_LOG_LEVEL": "loud"}, ["INFO", "WARNING", "ERROR"]),
    ],
)
def test_levels(start: Starter, client: str, variables: dict[str, str], levels: list[str]) -> None:
    source = """
import sparta
def handler(event, context):
    for name in ("debug", "info", "warning", "error"):
        getattr(sparta.logger, name)(name)
"""
    function = start(client, source, variables)
    function.invoke()
    assert [line["level"] for line in lines_of(function.output)] == levels


RENAMED = """
import sparta
@sparta.function()
def handler(event, context):
    sparta.logger.info("x", level="mine", level_="too", timestamp=0, requestId="r", instanceId=None)
    sparta.logger.info("x", **{"message": "m", "errorType": "free"})
    try:
        {}["missing"]
    except KeyError:
        sparta.logger.exception("failed", errorType="mine", stackTrace=[])
"""


def test_a_field_whose_name_is_taken_is_not_lost(start: Starter, client: str) -> None:
    function = start(client, RENAMED, handler="index.entry")
    function.invoke(request_id="id-1", function_arn=ARN)
    first, second, third = lines_of(function.output)
    assert (first["level"], first["level_"], first["level__"]) == ("INFO", "mine", "too")
    assert (first["requestId"], first["requestId_"]) == ("id-1", "r")
    assert (first["timestamp_"], first["instanceId_"]) == (0, None)
    assert (second["message"], second["message_"]) == ("x", "m")
    assert second["errorType"] == "free"
    assert (third["errorType"], third["errorType_"]) == ("KeyError", "mine")
    assert third["stackTrace"] != third["stackTrace_"] == []


UNWRITABLE = """
import sparta
class Raising:
    def __str__(self): raise OSError("no text")
    def __repr__(self): return "Raising()"
class Hidden(Raising):
    def __repr__(self): raise LookupError("nor this")
class Untold(Exception):
    def __str__(self): raise OSError("no text")
class Text(str): pass
circle = [1]
circle.append(circle)
deep = []
for _ in range(100_000):
    deep = [deep]
nan, infinite = float("nan"), float("inf")
@sparta.function()
def handler(event, context):
    log = sparta.logger.info
    log("circle", value=circle, left=[1], right=Text("r"))
    log("raising", value=Raising(), inside=[Raising()])
    log("hidden", value=Hidden())
    log("deep", value=deep)
    log("key", value={(1, 2): 3})
    log("long", value=10**5000)
    log("none", nan=nan, more=infinite, less=-infinite, inside=[1.5, nan], right=1.5)
    log({"a": nan})
    log(circle)
    log("subclass", value=[Text("t"), nan])
    try:
        raise Untold
    except Untold:
        sparta.logger.exception("untold")
    return "went on"
"""


def strict(output: bytes) -> list[dict[str, Any]]:
    def refuse(word: str) -> Any:
        raise AssertionError(f"{word} is not JSON")

    lines = output.decode().split("\n")
    return [json.loads(line, parse_constant=refuse) for line in lines if line]


def test_what_cannot_be_written_is_written_as_text(start: Starter, client: str) -> None:
    function = start(client, UNWRITABLE, handler="index.entry")
    assert function.invoke().body == b'"went on"', function.output
    lines = {str(line["message"]): line for line in strict(function.output)}
    assert len(lines) == 11
    assert {line["level"] for line in lines.values()} == {"INFO", "ERROR"}
    assert all(line["requestId"] for line in lines.values())
    found = {name: line["value"] for name, line in lines.items() if "value" in line}
    assert found == {
        "circle": "[1, [...]]",
        "raising": "Raising()",
        "hidden": "<unprintable Hidden>",
        "deep": "<unprintable list>",
        "key": "{(1, 2): 3}",
        "long": "<unprintable int>",
        "subclass": "['t', nan]",
    }
    assert (lines["circle"]["left"], lines["circle"]["right"]) == ([1], "r")
    assert lines["raising"]["inside"] == "[Raising()]"
    none = lines["none"]
    assert [none[name] for name in ("nan", "more", "less")] == ["NaN", "Infinity", "-Infinity"]
    assert (none["inside"], none["right"]) == ("[1.5, nan]", 1.5)
    assert {"{'a': nan}", "[1, [...]]"} < set(lines)
    untold = lines["untold"]
    assert (untold["errorType"], untold["errorMessage"]) == ("Untold", "Untold()")
