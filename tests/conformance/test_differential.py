"""Whatever the value, the core and its witness agree: on results, bytes and the texts of errors."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
import simplejson  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from sparta.errors import EventError
from sparta.runtime.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers() | st.integers(-(10**40), 10**40) | st.floats()
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=30,
)
NAMES = st.sampled_from(["a", "b", "é"])
SCALARS = [(kind,) for kind in ("any", "str", "int", "float", "bool", "none", "text")]


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    field = st.tuples(NAMES, inner, st.booleans())
    fields = st.lists(field, max_size=3, unique_by=lambda each: each[0]).map(tuple)
    return (
        st.tuples(st.sampled_from(["list", "tuple", "dict", "optional"]), inner)
        | st.tuples(st.just("union"), st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.tuples(st.just("object"), st.just(dict), fields)
    )


LITERALS = st.lists(st.text(max_size=2) | st.integers(0, 2) | st.booleans() | st.none(), min_size=1)
SCHEMAS = st.recursive(
    st.sampled_from([*SCALARS, ("foreign", int)])
    | LITERALS.map(lambda values: ("literal", tuple(values))),
    composed,
    max_leaves=10,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.floats(-2, 2) | st.text(max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=15,
)


@pytest.fixture(scope="session")
def core(native_library: object) -> Any:
    """Return the native core as a module of this process."""
    assert native_library
    return importlib.import_module("sparta._sparta")


def encoder_of_aws() -> Any:
    """Return the encoder of AWS's client, as it is on Python 3.12 and later."""
    with mock.patch.dict(os.environ, AWS_EXECUTION_ENV="AWS_Lambda_python3.12"):
        return importlib.import_module("awslambdaric.lambda_runtime_marshaller").Encoder()


def outcome(work: Callable[..., Any], *arguments: object) -> tuple[Any, str]:
    """Return what a call gives, or the text it fails with; equal only for equal types too."""
    try:
        result = work(*arguments)
    except (ValueError, TypeError) as error:
        return None, str(error)
    return repr(result), ""


@given(schema=SCHEMAS, value=VALUES)
def test_typed_decoding(core: Any, schema: tuple[Any, ...], value: object) -> None:
    assert outcome(core.decode, schema, value, "body") == outcome(decode, schema, value, "body")


def test_the_errors_of_typed_decoding_are_of_one_class(core: Any) -> None:
    schema = ("list", ("int",))
    found = []
    for work in (core.decode, decode):
        with pytest.raises(EventError) as caught:
            work(schema, ["a", None], "body")
        found.append([(problem.where, problem.what) for problem in caught.value.problems])
    assert (
        found[0]
        == found[1]
        == [
            ("body[0]", "expected int, got str"),
            ("body[1]", "expected int, got null"),
        ]
    )


@given(value=JSON)
def test_writing(core: Any, value: object) -> None:
    assert core.dumps(value) == encoder_of_aws().encode(value).encode()


@given(value=JSON, indent=st.none() | st.integers(0, 2), ascii_only=st.booleans())
def test_reading_what_others_write(
    core: Any, value: object, indent: int | None, ascii_only: bool
) -> None:
    text = simplejson.dumps(value, indent=indent, ensure_ascii=ascii_only, allow_nan=True)
    assert outcome(core.loads, text) == outcome(simplejson.loads, text)
    assert outcome(core.loads, text.encode()) == outcome(simplejson.loads, text.encode())


@given(text=st.text(alphabet='[]{}:,"\\ \n\tu0129aeE+-.truefalsnNé你😀', max_size=12))
def test_reading_what_may_be_no_json(core: Any, text: str) -> None:
    assert outcome(core.loads, text) == outcome(simplejson.loads, text)


@given(
    value=JSON, cut=st.integers(0, 200), extra=st.sampled_from(["", " ", "}", "]", '"', ",", "x"])
)
def test_reading_what_is_cut_short(core: Any, value: object, cut: int, extra: str) -> None:
    text = simplejson.dumps(value, allow_nan=True)[:cut] + extra
    assert outcome(core.loads, text) == outcome(simplejson.loads, text)
