"""Tokens: text is carried on, never looked into."""

from __future__ import annotations

import pickle
from collections.abc import Callable  # noqa: TC003 - as the others here

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparta.errors import TokenError
from sparta.model.token import MARKER_END, MARKER_START, Token, has_marker, markers

NAME = Token("Orders")
ARN = Token("Orders", "Arn")
plain_text = st.text(st.characters(exclude_characters=[MARKER_START, MARKER_END]))


@given(plain_text, plain_text)
def test_whatever_carries_text_on_carries_the_marker_on(before: str, after: str) -> None:
    carried = [
        f"{before}{ARN}{after}",
        before + ARN + after,
        before.replace("%", "%%") + "%s" % ARN + after,  # noqa: UP031 - one of the ways
        f"{before}{ARN}{after}",
        "{}{}{}".format(before, ARN, after),  # noqa: UP032 - one of the ways
    ]
    for text in carried:
        assert markers(text) == [("Orders", "Arn")]
        assert type(text) is str


def test_str_equality_and_hash_work() -> None:
    assert str(NAME) == NAME
    assert type(str(NAME)) is str
    assert Token("Orders") == NAME
    assert NAME != ARN
    assert len({NAME, ARN, Token("Orders")}) == 2
    assert bool(NAME)
    assert pickle.loads(pickle.dumps(ARN)) == ARN


def test_several_markers_are_found_in_order() -> None:
    assert markers(f"{NAME}/x/{ARN}") == [("Orders", "Ref"), ("Orders", "Arn")]
    assert markers(Token("AWS::Region")) == [("AWS::Region", "Ref")]
    assert markers(Token("Db", "Endpoint.Address")) == [("Db", "Endpoint.Address")]
    assert not has_marker("Orders.Ref")
    assert has_marker(NAME)
    assert has_marker(f"a{NAME}")


LOOKS = {
    "len": len,
    "list": list,
    "index": lambda t: t[0],
    "slice": lambda t: t[1:],
    "in": lambda t: "x" in t,
    "less": lambda t: t < "x",
    "format": lambda t: f"{t:>40}",
    "split": lambda t: t.split("/"),
    "startswith": lambda t: t.startswith("arn"),
    "upper": lambda t: t.upper(),
    "encode": lambda t: t.encode(),
    "replace": lambda t: t.replace("a", "b"),
    "strip": lambda t: t.strip(),
    "repeat": lambda t: t * 2,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_looking_into_the_text_raises_and_names_the_resource(look: Callable[[str], object]) -> None:
    with pytest.raises(TokenError, match=r"Orders\.Arn is known only after deployment"):
        look(ARN)


def test_repr_is_readable() -> None:
    assert repr(ARN) == "<Orders.Arn, known after deployment>"
