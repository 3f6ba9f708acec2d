"""Tokens to intrinsic functions: whatever text carries them, CloudFormation gives the same text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparta.errors import TokenError
from sparta.model.token import Token
from sparta.template.tokens import resolve

ORDERS = Token("Orders")
ARN = Token("Orders", "Arn")


def cloudformation(value: Any, known: dict[str, str]) -> Any:
    """Fill in intrinsic functions as CloudFormation documents them."""
    if isinstance(value, list):
        return [cloudformation(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    if "Ref" in value:
        return known[value["Ref"]]
    if "Fn::GetAtt" in value:
        return known[".".join(value["Fn::GetAtt"])]
    if "Fn::Sub" in value:
        text, variables = value["Fn::Sub"], {}
        if isinstance(text, list):
            text, variables = text
        return fill_in(text, known | variables)
    return {key: cloudformation(item, known) for key, item in value.items()}


def fill_in(text: str, known: dict[str, str]) -> str:
    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"${{{name[1:]}}}" if name.startswith("!") else known[name]

    return re.sub(r"\$\{([^}]+)\}", replace, text)


def test_a_token_alone_is_a_reference() -> None:
    assert resolve(ORDERS) == {"Ref": "Orders"}
    assert resolve(ARN) == {"Fn::GetAtt": ["Orders", "Arn"]}
    assert resolve(str(ARN)) == {"Fn::GetAtt": ["Orders", "Arn"]}
    assert resolve(Token("Db", "Endpoint.Address")) == {"Fn::GetAtt": ["Db", "Endpoint.Address"]}
    assert resolve(Token("AWS::Region")) == {"Ref": "AWS::Region"}


def test_a_token_in_text_is_substituted() -> None:
    assert resolve(f"{ARN}/*") == {"Fn::Sub": "${Orders.Arn}/*"}
    assert resolve(f"{ORDERS} in {Token('AWS::Region')}") == {
        "Fn::Sub": "${Orders} in ${AWS::Region}"
    }


def test_the_authors_own_placeholder_is_escaped_beside_a_token_only() -> None:
    assert resolve("${HOME}") == "${HOME}"
    assert resolve(f"${{HOME}} {ORDERS}") == {"Fn::Sub": "${!HOME} ${Orders}"}


def test_what_is_not_a_string_stays() -> None:
    value = {"a": [1, 2.5, True, None, {"b": ORDERS}], "c": ("x", ARN)}
    assert resolve(value) == {
        "a": [1, 2.5, True, None, {"b": {"Ref": "Orders"}}],
        "c": ["x", {"Fn::GetAtt": ["Orders", "Arn"]}],
    }


def test_the_authors_own_sub_keeps_its_placeholders() -> None:
    assert resolve({"Fn::Sub": f"${{Other.Arn}}/{ORDERS}"}) == {"Fn::Sub": "${Other.Arn}/${Orders}"}
    assert resolve({"Fn::Sub": [f"${{x}} {ORDERS}", {"x": ARN}]}) == {
        "Fn::Sub": ["${x} ${Orders}", {"x": {"Fn::GetAtt": ["Orders", "Arn"]}}]
    }


@pytest.mark.parametrize(
    "value",
    [
        {"StringEquals": {ORDERS: "x"}},
        {f"a{ORDERS}": 1},
        {"Ref": ORDERS},
        {"Fn::GetAtt": [ORDERS, "Arn"]},
        {"Fn::GetAtt": f"{ORDERS}.Arn"},
        {"DependsOn": [ORDERS]},
    ],
)
def test_a_token_where_no_function_can_stand_is_refused(value: Any) -> None:
    with pytest.raises(TokenError, match=r"Orders\.Ref"):
        resolve(value)


def test_a_policys_condition_may_hold_tokens_in_its_values() -> None:
    condition = {"Condition": {"ArnLike": {"aws:SourceArn": [f"{ARN}/*"]}}}
    assert resolve(condition) == {
        "Condition": {"ArnLike": {"aws:SourceArn": [{"Fn::Sub": "${Orders.Arn}/*"}]}}
    }


def test_private_use_characters_that_are_no_token_stay() -> None:
    assert resolve("\ue000") == "\ue000"
    assert resolve({"\ue000": "a\ue001"}) == {"\ue000": "a\ue001"}


PIECES = st.lists(
    st.one_of(
        st.sampled_from([ORDERS, ARN, Token("AWS::Region"), "${", "}", "$", "{", "!", "Dollar"]),
        st.text(alphabet="a${}!.: \\\n\u00e9"),
    )
)


@given(PIECES)
def test_any_text_comes_out_as_it_was_meant(pieces: list[str]) -> None:
    known = {"Orders": "orders-1", "Orders.Arn": "arn:aws:x", "AWS::Region": "us-east-1"}
    known_by_text = {
        str(ORDERS): "orders-1",
        str(ARN): "arn:aws:x",
        str(Token("AWS::Region")): "us-east-1",
    }
    meant = "".join(known_by_text.get(str(piece), str(piece)) for piece in pieces)
    text = "".join(str(piece) for piece in pieces)
    assert cloudformation(resolve(text), known) == meant


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(JSON)
def test_json_without_tokens_stays(value: Any) -> None:
    assert resolve(value) == value
