"""Points 25 to 30 and 32 to 34 of AWS's client: what becomes of an exception."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sparta.local.invocation import Invocation

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden

XRAY = "lambda-runtime-function-xray-error-cause"
RAISERS = '''
import collections
class OwnError(Exception):
    """An application's."""
class Outer:
    class InnerError(OwnError): ...
class SilentError(Exception):
    def __str__(self):
        return ""
def cause():
    try:
        {}["inner"]
    except KeyError as error:
        raise OwnError("outer") from error
def during():
    try:
        1 / 0
    finally:
        raise OwnError("during")
def group():
    raise ExceptionGroup("several", [ValueError("a"), KeyError("b")])
def below(depth):
    if depth:
        return below(depth - 1)
    raise OwnError("deep down")
def mutual(depth):
    return other(depth)
def other(depth):
    if not depth:
        raise OwnError
    return mutual(depth - 1)
def endless():
    return endless() + 1
def noted():
    error = OwnError("noted")
    error.add_note("a note")
    raise error
def compiled():
    exec(compile("def f():\\n    raise OwnError('x')\\nf()", "<text>", "exec"), globals())
def multiline():
    return collections.OrderedDict(
        a=1,
        b={}[
            "missing"
        ],
    )
def again():
    try:
        below(2)
    except OwnError as error:
        raise
class Property:
    @property
    def broken(self):
        return [x for x in self.missing]
def generator():
    yield from map(int, ["x"])
def fail(error):
    raise error
lam = lambda: 1 / 0
def handler(event, context):
    return eval(event)
'''


def same_errors(golden: Golden, *expressions: str) -> list[dict[str, object]]:
    events = [json.dumps(expression).encode() for expression in expressions]
    seen = golden.same(RAISERS, *events)
    assert set(seen.kinds) == {"error"}
    return seen.values


def test_c25_the_order_of_keys(golden: Golden) -> None:
    (error,) = same_errors(golden, "fail(SilentError())")
    assert list(error) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert (error["errorMessage"], error["requestId"]) == ("", "request-0")


def test_c26_type_and_text(golden: Golden) -> None:
    errors = same_errors(
        golden, "fail(KeyError('a'))", "fail(Outer.InnerError(1, 'b'))", "fail(OSError(2, 'no'))",
        "fail(UnicodeDecodeError('utf-8', b'x', 0, 1, 'why'))", "int('x')", "undefined",
        "fail(StopIteration(3))",
        "fail(OwnError('é 你 😀 \\u2028 \\n \\t \\x00'))", "[].pop()", "open('/absent')",
    )  # fmt: skip
    assert [error["errorType"] for error in errors[:2]] == ["KeyError", "InnerError"]


def test_c26_a_text_that_raises(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["text that raises"]
    source = (
        "class E(Exception):\n    def __str__(self): raise ValueError\ndef handler(*_): raise E\n"
    )
    aws, core = golden.run(source)
    assert (aws.kinds, aws.status) == (["exit"], 1)
    assert (core.kinds, core.values[0]["errorType"]) == (["error"], "E")


def test_c27_the_stack(golden: Golden) -> None:
    same_errors(
        golden, "cause()", "during()", "group()", "below(2)", "below(3)", "below(4)", "below(300)",
        "noted()", "compiled()", "multiline()", "again()", "Property().broken", "list(generator())",
        "lam()", "eval('1 +')", "mutual(5)", "(lambda: [1 / 0 for _ in 'a'])()",
    )  # fmt: skip


def test_c27_repeats_are_counted(golden: Golden) -> None:
    (error,) = same_errors(golden, "below(500)")
    assert isinstance(error["stackTrace"], list)
    assert "  [Previous line repeated 497 more times]\n" in error["stackTrace"]


@pytest.mark.parametrize(
    "text", ["# coding: latin-1\nx = 'é'\n", "\ufeff", "\f\n", "x = 1 ; \\\n  y = 2\n"]
)
def test_c27_source_lines_of_odd_files(golden: Golden, text: str) -> None:
    source = f"{text}def handler(*_):\n    raise ValueError('é')  # é\t \n"
    golden.same(source)


def test_c27_a_source_that_is_not_there(golden: Golden) -> None:
    source = "def handler(*_):\n    exec(compile('1 / 0', '/absent/file.py', 'exec'))\n"
    golden.same(source)


def test_c28_no_frame_of_the_runtime(golden: Golden) -> None:
    (error,) = same_errors(golden, "below(0)")
    assert isinstance(error["stackTrace"], list)
    assert "in handler" in error["stackTrace"][0]


def test_c28_what_the_handler_calls_stays(golden: Golden) -> None:
    source = """
import asyncio

async def main():
    raise ValueError("within")

def handler(event, context):
    return asyncio.run(main())
"""
    seen = golden.same(source, b"{}")
    stack = json.loads(seen.outcomes[0].body)["stackTrace"]
    assert "in handler" in stack[0]
    assert "asyncio" in stack[1]
    assert "in main" in stack[-1]


def test_c29_c30_how_an_error_is_logged(golden: Golden) -> None:
    seen = golden.same(RAISERS, b'"below(2)"', b'"fail(SilentError())"', b"{", b'"{1}"')
    lines = seen.stdout.decode().split("\n")
    assert len(lines) == 5
    assert lines[0].startswith("[ERROR] OwnError: deep down\rTraceback (most recent call last):\r")
    assert "\r\u00a0\u00a0File " in lines[0]
    assert lines[1].startswith("[ERROR] SilentError\rTraceback")
    assert lines[3].endswith(" JSON serializable\rTraceback (most recent call last):")


def test_c30_lines_within_an_error(golden: Golden) -> None:
    same_errors(
        golden, "fail(OwnError('a\\nb\\r\\nc  \\x0b d \\u2028 e'))", "fail(OwnError('  x'))"
    )


def test_c32_the_cause_for_x_ray(golden: Golden) -> None:
    seen = golden.same(RAISERS, b'"below(2)"', b'"{1}"', b"{")
    causes = [json.loads(outcome.headers[XRAY]) for outcome in seen.outcomes]
    assert [cause["exceptions"][0]["type"] for cause in causes] == [
        "OwnError",
        "LambdaValidationError",
        "LambdaValidationError",
    ]


def test_c32_a_cause_that_is_too_large(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["xray limit"]
    aws, core = golden.run(RAISERS, b"\"fail(OwnError('x' * 70000))\"")
    golden.compare(aws, core, without=(XRAY,))
    assert XRAY in aws.outcomes[0].headers
    assert XRAY not in core.outcomes[0].headers
    seen = golden.same(RAISERS, b"\"fail(OwnError('x' * 1100000))\"")
    assert not seen.outcomes[0].headers.get(XRAY)


@pytest.mark.parametrize("text", ["{", "nonsense", "[1", "{'a': 1}"])
def test_c33_headers_that_are_no_json(golden: Golden, intended: dict[str, str], text: str) -> None:
    assert intended["json text"]
    source = "def handler(event, context):\n    return 1\n"
    aws, core = golden.run(
        source, Invocation(b"1", client_context=text), Invocation(b"1", cognito_identity=text), b"2"
    )
    golden.compare(aws, core, without=("body", "stdout", XRAY))
    assert core.kinds == ["error", "error", "response"]
    for theirs, ours in zip(aws.values[:2], core.values[:2], strict=True):
        assert theirs["errorType"] == ours["errorType"] == "Runtime.LambdaContextUnmarshalError"
        start = "Unable to parse Cl" if ours == core.values[0] else "Unable to parse Cognito"
        assert ours["errorMessage"].startswith(start)
        assert theirs["errorMessage"].startswith(start)


def test_c34_no_depth_and_no_memory(golden: Golden) -> None:
    same_errors(golden, "fail(MemoryError())", "' ' * (1 << 60)")
    aws, core = golden.run(RAISERS, b'"endless()"', b"\"fail(OwnError('next'))\"")
    assert aws.kinds == core.kinds == ["error", "error"]
    messages = [seen.values[0]["errorMessage"] for seen in (aws, core)]
    assert messages == ["maximum recursion depth exceeded"] * 2


@pytest.mark.parametrize("signal", [9, 11, 15])
def test_c34_a_killed_process(golden: Golden, signal: int) -> None:
    seen = golden.same(f"import os\ndef handler(*_): os.kill(os.getpid(), {signal})\n")
    assert (seen.kinds, seen.status) == (["exit"], -signal)
