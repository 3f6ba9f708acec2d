"""What is told of an answer that is no success."""

from __future__ import annotations

import pytest

from sparta.measure.comparison import _refusal, _said


@pytest.mark.parametrize("body", [b"[1]", b"null", b"\xff", b'{"statusCode":200}', b'{"a":400}'])
def test_other_answers_are_no_refusal(body: bytes) -> None:
    assert _refusal(body) == ""


def test_a_refusal_is_told_with_its_body() -> None:
    assert _refusal(b'{"statusCode":400,"body":"no qty"}') == "400 no qty"


def test_an_error_is_told_without_its_traceback() -> None:
    body = b'{"errorType":"KeyError","errorMessage":"\'id\'","stackTrace":["..."]}'
    assert _said(body) == "KeyError: 'id'"
    assert _said(b"no JSON") == "no JSON"
