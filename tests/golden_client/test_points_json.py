"""Points 11 to 24 of AWS's client: events decoded, results encoded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sparta.local.invocation import Invocation

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden

SHOW = "def handler(event, context):\n    return [type(event).__name__, repr(event)]\n"
EVALUATE = """
import collections, datetime, decimal, enum, uuid
from collections import OrderedDict, UserDict
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
class Low(IntEnum):
    LOW = 1
class Red(StrEnum):
    RED = "é"
class Shade(Enum):
    DARK = 1
Pair = collections.namedtuple("Pair", "left right")
class Recorded:
    def _asdict(self):
        return {"a": Pair(1, [Pair(2, 3)])}
class Bad:
    def _asdict(self):
        return [1]
class Real(float):
    __repr__ = __str__ = lambda self: "x"
class Mapped(dict):
    pass
class Json:
    def for_json(self):
        return {}
def circle():
    found = {}
    found["again"] = [found]
    return found
def deep(depth):
    found = []
    for _ in range(depth):
        found = [found]
    return found
def handler(event, context):
    return eval(event)
"""
XRAY = "lambda-runtime-function-xray-error-cause"
ASCII = {"AWS_EXECUTION_ENV": "AWS_Lambda_python3.11"}


def same_results(golden: Golden, *expressions: str, **variables: str) -> list[str]:
    """Hold that both sides make the same of each expression; return the bodies."""
    events = [json.dumps(expression).encode() for expression in expressions]
    seen = golden.same(EVALUATE, *events, **variables)
    assert len(seen.outcomes) == len(expressions)
    return [outcome.body.decode("utf-8", "replace") for outcome in seen.outcomes]


def all_refused(golden: Golden, *expressions: str) -> list[str]:
    """Hold that both sides refuse each expression alike; return the messages."""
    errors = [json.loads(body) for body in same_results(golden, *expressions)]
    assert {error["errorType"] for error in errors} == {"Runtime.MarshalError"}
    return [error["errorMessage"].partition(": ")[2] for error in errors]


def test_c11_only_one_media_type_is_decoded(golden: Golden) -> None:
    others = ("application/json; charset=utf-8", "text/plain", "APPLICATION/JSON", "image/png")
    events = [Invocation(b'{"a": "\xc3\xa9"}', content_type=name) for name in others]
    seen = golden.same(SHOW, b'{"a": 1}', *events, Invocation(b"", content_type="text/plain"))
    assert [value[0] for value in seen.values] == ["dict", *["bytes"] * 5]


def test_c12_an_event_that_cannot_be_decoded(golden: Golden) -> None:
    seen = golden.same(SHOW, b"", b" ", b"{", b"[1,]", b'{"a" 1}', b"nul", b"1 2", b'"a', b"{1: 2}")
    assert {value["errorType"] for value in seen.values} == {"Runtime.UnmarshalError"}
    text = "Unable to unmarshal input: Expecting value: line 1 column 1 (char 0)"
    assert seen.values[0]["errorMessage"] == text


def test_c12_more_that_cannot_be_decoded(golden: Golden) -> None:
    events = (
        b"[1", b"[1 2]", b'{"a"', b'{"a":', b'{"a":1', b'{"a":1,', b'{"a":1,}', b"[", b"-", b"+1",
        b"01", b"1.", b".5", b"1e", b"[\n\n 1,\n tru]", b'"\\x"', b'"\\u12"', b'"\\u12G4"', b'"\\',
        b"'a'", b"\x00", b"1\x00", b"\xc3", b"// c", b'{"a":1 "b":2}', b"{,}", b"[,]", b"True",
    )  # fmt: skip
    seen = golden.same(SHOW, *events)
    assert {value["errorType"] for value in seen.values} == {"Runtime.UnmarshalError"}


def test_c13_what_is_decoded(golden: Golden) -> None:
    events = (
        b"123456789012345678901234567890", b"-0", b"-0.0", b"1e400", b"1E2", b"0.1", b"5e-324",
        b'{"a": 1, "b": 2, "a": 3}', b'"\\ud800"', b'"\\ud83d\\ude00"', b'"\\ud83d \\ude00"',
        b"\xef\xbb\xbf[1]", b" \t\r\n[1] \t\r\n", b'"\\u0000\\/\\b\\f"', b'"\x7f\xe2\x80\xa8"',
        b'{"": ""}', b"9007199254740993", b"1.7976931348623157e309", b"123456789.123456789123",
    )  # fmt: skip
    seen = golden.same(SHOW, *events)
    assert set(seen.kinds) == {"response"}


def test_c13_what_is_large(golden: Golden) -> None:
    digits = b"1" * 5000
    events = (
        digits, b"-" + digits, b"[" + digits + b"]", b"0." + digits, b"1e" + digits[:300],
        b'{"' + b"k" * 100_000 + b'": "' + b"\xc3\xa9" * 100_000 + b'"}', b"[" * 900 + b"]" * 900,
        b'{"a":' * 900 + b"1" + b"}" * 900, b'{"a": 1, "a": {"a": 2, "a": 3}}' + b" " * 100_000,
    )  # fmt: skip
    seen = golden.same(SHOW, *events)
    assert seen.kinds == ["error"] * 3 + ["response"] * 6
    assert "Exceeds the limit (4300 digits)" in seen.values[0]["errorMessage"]


@pytest.mark.parametrize(
    "event", [b"[" * 10_000 + b"]" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000]
)
def test_c13_what_is_too_deep(golden: Golden, intended: dict[str, str], event: bytes) -> None:
    assert intended["depth"]
    aws, core = golden.run(SHOW, event, b"1")
    for seen in (aws, core):
        assert seen.kinds == ["error", "response"]
        assert seen.values[0]["errorType"] == "Runtime.UnmarshalError"
        assert (
            "maximum recursion depth exceeded while decoding a JSON "
            in seen.values[0]["errorMessage"]
        )


def test_c13_6_mb_in_and_out(golden: Golden) -> None:
    text = b'"' + "é".encode() * (3 * 1024 * 1024 - 10) + b'"'
    assert golden.same("def handler(event, _):\n    return event\n", text, b"1").body_of(0) == text


def test_c21_more_digits_than_python_writes(golden: Golden) -> None:
    all_refused(golden, "10**5000", "[-10**5000]", "{'a': 10**5000}")


def test_c13_what_is_refused(golden: Golden) -> None:
    events = (
        b"NaN", b"Infinity", b"-Infinity", b"[NaN]", b'"\n"', b'"\x1f"', b'"\xff"',
        b'"\xed\xa0\x80"', b"\xff\xfe[\x001\x00]\x00",
    )  # fmt: skip
    seen = golden.same(SHOW, *events)
    assert {value["errorType"] for value in seen.values} == {"Runtime.UnmarshalError"}


def test_c14_bytes_leave_as_they_are(golden: Golden) -> None:
    results = same_results(golden, "b''", "b'\\x00\\xff'", "b'{}'")
    assert results[2] == "{}"
    all_refused(golden, "bytearray(b'a')", "memoryview(b'a')")


def test_c15_separators_and_order(golden: Golden) -> None:
    assert same_results(golden, "{'b': [1, 2], 'a': {}, 'c': []}", "()", "''", "[[], {}]")[0] == (
        '{"b": [1, 2], "a": {}, "c": []}'
    )


TEXTS = (
    "'é你😀'", "'\\u2028\\u2029'", "'/'", "chr(127)", "'\\x00\\x1f\\t\\r\\n\\b\\f\"\\\\'",
    "'\\ufeff'", "{'é': 'é'}", "Red.RED", "''.join(map(chr, range(300)))",
)  # fmt: skip


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14", "3.15", "3.9", ""])
def test_c16_ascii_or_not(golden: Golden, python: str) -> None:
    variables = {
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{python}",
        "LAMBDA_DISABLE_PREVIEW_WARN": "1",
    }
    same_results(golden, *TEXTS, "1 / (len('é') - 1)", "{}['é']", **variables)


def test_c17_decimals(golden: Golden) -> None:
    texts = ("1E+2", "1.10", "-0", "NaN", "-NaN", "sNaN", "Infinity", "-Infinity", "1e-400", "0E-9")
    results = same_results(golden, *(f"Decimal('{text}')" for text in texts))
    assert results[:2] == ["1E+2", "1.10"]
    assert results[3:8] == ["NaN", "NaN", "NaN", "Infinity", "-Infinity"]


def test_c18_floats(golden: Golden) -> None:
    numbers = ("float('nan')", "float('inf')", "-float('inf')", "0.1", "1e16", "1e22", "-0.0",
               "5e-324", "1.5", "1e-5", "0.0001", "123456789012345680.0", "10**400")  # fmt: skip
    assert same_results(golden, *numbers)[:3] == ["NaN", "Infinity", "-Infinity"]


def test_c19_objects_and_arrays(golden: Golden) -> None:
    same_results(
        golden, "Pair(1, Pair(2, 3))", "Recorded()", "[Recorded()]", "{'a': Recorded()}",
        "OrderedDict(b=1)", "Mapped(a=1)", "(1, (2,))", "Low.LOW", "Red.RED", "[Low.LOW, Red.RED]",
        "Real(1.5)", "True", "collections.Counter('aab')", "collections.defaultdict(int, a=1)",
    )  # fmt: skip


def test_c19_what_is_neither(golden: Golden) -> None:
    texts = all_refused(
        golden, "UserDict(a=1)", "range(3)", "(x for x in [1])", "{1}", "Shade.DARK", "Json()",
        "Bad()", "iter([])", "{}.keys()", "frozenset()", "collections.deque([1])",
    )  # fmt: skip
    assert texts[0] == "Object of type UserDict is not JSON serializable"


def test_c20_keys(golden: Golden) -> None:
    same_results(
        golden, "{1: 1, 1.5: 2, True: 3, None: 4, 's': 5, b'\\xc3\\xa9': 6}", "{Low.LOW: 1}",
        "{Red.RED: 1}", "{float('nan'): 1, float('inf'): 2}", "{10**30: 1}", "[b'\\xc3\\xa9']",
        "{'a': b'x'}", "{Real(1.5): 1}", "{False: 1, 0.0: 2}",
    )  # fmt: skip
    texts = all_refused(golden, "{Decimal(1): 1}", "{(1, 2): 1}", "{'a': {Pair(1, 2): 1}}")
    assert texts[0] == "keys must be str, int, float, bool or None, not Decimal"


def test_c20_bytes_that_are_no_text(golden: Golden) -> None:
    all_refused(golden, "[b'\\xff']", "{b'\\xff': 1}", "{'a': b'\\xc3'}")


def test_c21_what_is_no_json(golden: Golden) -> None:
    texts = all_refused(
        golden, "datetime.datetime(2026, 1, 1)", "uuid.UUID(int=1)", "{1, 2}", "object()", "1j",
        "len", "int", "[datetime.date(2026, 1, 1)]", "{'a': [{'b': object()}]}", "...",
        "NotImplemented", "circle()", "[circle()]",
    )  # fmt: skip
    assert texts[0] == "Object of type datetime is not JSON serializable"
    assert texts[-2] == "Circular reference detected"


def test_c21_too_deep(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["depth"]
    assert same_results(golden, "deep(990)") == ["[" * 991 + "]" * 991]
    aws, core = golden.run(EVALUATE, b'"deep(100000)"')
    golden.compare(aws, core, without=("body", "stdout", XRAY))
    for seen in (aws, core):
        (error,) = seen.values
        text = "Unable to marshal response: maximum recursion depth exceeded while "
        assert error["errorType"] == "Runtime.MarshalError"
        assert error["errorMessage"].startswith(text)


def test_c22_a_lone_surrogate(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["lone surrogate"]
    aws, core = golden.run(EVALUATE, b'"[chr(0xd800)]"')
    assert (aws.kinds, aws.status) == (["exit"], 1)
    assert (core.kinds, core.status) == (["error"], None)
    assert core.values[0]["errorType"] == "Runtime.MarshalError"
    aws, core = golden.run("def handler(*_):\n    raise ValueError(chr(0xd800))\n")
    assert (aws.kinds, core.kinds) == (["exit"], ["error"])
    assert core.values[0]["errorMessage"] == "\\ud800"


def test_c22_where_ascii_is_written(golden: Golden) -> None:
    assert same_results(golden, "[chr(0xd800)]", "{chr(0xdfff): 1}", **ASCII)[0] == '["\\ud800"]'


def test_c23_another_marshaller(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["marshaller"]
    source = (
        "from awslambdaric.lambda_runtime_client import LambdaRuntimeClient\n"
        "class Marshaller:\n"
        "    unmarshal_request = lambda self, body, kind: 1\n"
        "    marshal_response = lambda self, result: ('own', 'text/plain')\n"
        "LambdaRuntimeClient.marshaller = Marshaller()\n"
        "def handler(event, context):\n    return event\n"
    )
    aws, core = golden.run(source, b"2")
    assert (aws.body, core.body) == (b"own", b"2")


def test_c24_nothing_is_null(golden: Golden) -> None:
    assert golden.same("def handler(*_): pass\n").body == b"null"
