"""`loads` against the standard library's reader, and against the texts of AWS's client."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = st.text() | st.text(alphabet='aé"\\\n\t/\u2028😀\x7f\x00')
FINITE = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | FINITE | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=30,
)
FRAGMENTS = st.lists(
    st.sampled_from(
        [*'[]{}:,"\\ 019.-+eE\n', "null", "true", "fals", '"a"', "\\u00e9", "\\ud83d", "é", "1.5"]
    )
).map("".join)


def refuse(name: str) -> None:
    raise ValueError(name)


def outcome(read: Callable[[], Any]) -> Any:
    """The value, or that it was refused."""
    try:
        return repr(read())
    except ValueError:
        return ValueError


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_reads_what_the_standard_library_writes(
    core: Any, value: Any, ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert repr(core.loads(text)) == repr(value)
    assert repr(core.loads(text.encode("utf-8", "surrogatepass"))) == repr(value)


@given(FRAGMENTS)
def test_agrees_on_what_is_json(core: Any, text: str) -> None:
    expected = outcome(lambda: json.loads(text, parse_constant=refuse))
    assert outcome(lambda: core.loads(text)) == expected
    assert outcome(lambda: core.loads(text.encode())) == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_exact(core: Any, number: float) -> None:
    assert core.loads(repr(number)) == number


@given(st.integers(min_value=-(10**400), max_value=10**400))
def test_integers_are_exact(core: Any, number: int) -> None:
    assert core.loads(str(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"\xef\xbb\xbf{}", {}),
        (b'{"a": 1, "b": 2, "a": 3}', {"a": 3, "b": 2}),
        (b'"\\ud800"', "\ud800"),
        (b'"\\uD83D\\uD83D\\uDE00"', "\ud83d😀"),
        (b"1e400", float("inf")),
        (b"-0", 0),
        (b" [1.0 , -2]\r\n\t ", [1.0, -2]),
    ],
)
def test_reads_as_aws_client(core: Any, text: bytes, value: Any) -> None:
    assert repr(core.loads(text)) == repr(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "Expecting value: line 1 column 1 (char 0)"),
        (b"NaN", "Expecting value: line 1 column 1 (char 0)"),
        (b"-Infinity", "Expecting value: line 1 column 1 (char 0)"),
        (b'{"a":1,}', "Illegal trailing comma before end of object: line 1 column 7 (char 6)"),
        (b'"a\nb"', "Invalid control character '\\n' at: line 1 column 3 (char 2)"),
        ("[\n'é']".encode(), "Expecting value: line 2 column 1 (char 2)"),
        (b"1 2", "Extra data: line 1 column 3 - line 1 column 4 (char 2 - 3)"),
        (b'"\xff"', "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"),
    ],
)
def test_refuses_in_the_words_of_aws_client(core: Any, text: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        core.loads(text)


def test_reads_a_string_with_lone_surrogates(core: Any) -> None:
    assert core.loads('["\ud800"]') == ["\ud800"]


def test_obeys_the_limit_of_digits(core: Any) -> None:
    digits = "1" * (sys.get_int_max_str_digits() + 1)
    with pytest.raises(ValueError, match="Exceeds the limit"):
        core.loads(digits)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_depth_is_limited(core: Any, opening: str, closing: str) -> None:
    value = core.loads(opening * 5000 + "1" + closing * 5000)
    for _ in range(5000):
        (value,) = value if isinstance(value, list) else value.values()
    assert value == 1
    with pytest.raises(RecursionError, match="while decoding a JSON"):
        core.loads(opening * 5001 + "1" + closing * 5001)
    with pytest.raises(RecursionError):
        core.loads(opening * 1_000_000)


def test_reads_six_megabytes(core: Any) -> None:
    rows = [{"id": index, "name": "é" * 50} for index in range(50_000)]
    assert core.loads(json.dumps(rows, ensure_ascii=False).encode()) == rows


@pytest.mark.parametrize("text", [None, 1, bytearray(b"1"), memoryview(b"1")])
def test_takes_text_and_bytes_only(core: Any, text: object) -> None:
    with pytest.raises(TypeError, match="must be str or bytes, not"):
        core.loads(text)


def test_equal_keys_share_one_string(core: Any) -> None:
    first, second = core.loads('[{"a key": 1}, {"a key": 2}]')
    assert next(iter(first)) is next(iter(second))
