"""HTTP requests and responses in API Gateway's envelopes (payload format 2.0, function URLs).

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

from sparta.errors import EventError
from sparta.model.response import Response
from sparta.runtime.codec import InvalidJsonError, json_of_value, value_of_json
from sparta.runtime.decode import decode, word_of
from sparta.runtime.http_answer import check_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sparta.runtime.schema import Schema

_BODY = "body"
_CONTENT_TYPE = "content-type"
_JSON_TYPE = "application/json"
_TEXT_TYPE = "text/plain; charset=utf-8"
_BYTES_TYPE = "application/octet-stream"
_STATUS_OK = 200
_STATUS_NO_CONTENT = 204
_STATUS_BAD_REQUEST = 400


def body_of(raw: Mapping[str, Any], schema: Schema) -> Any:  # noqa: ANN401 - what the schema says
    """Return the body of a request, decoded by `schema`.

    Args:
        raw: The event.
        schema: See `sparta.runtime.schema`. Bytes and text are the body as it is; "any" is JSON
            where the content type says so, otherwise text; everything else is JSON.

    Returns:
        The decoded body; None where there is none and the schema allows that.

    Raises:
        EventError: The body does not fit; all problems at once.
    """
    body = raw.get(_BODY)
    kind = schema[0]
    if body is None:
        if kind in ("any", "none", "optional"):
            return None
        raise EventError("missing", where=_BODY)
    if type(body) is not str:
        raise EventError(f"expected str, got {word_of(body)}", where=_BODY)
    if kind == "optional":
        kind = schema[1][0]
    if kind == "bytes":
        return _bytes_of(raw, body)
    text = _text_of(raw, body)
    if kind in ("str", "text") or (kind == "any" and not _is_json(raw)):
        return text
    try:
        value = value_of_json(text)
    except InvalidJsonError as error:
        raise EventError(f"not valid JSON: {error}", where=_BODY) from None
    return decode(schema, value, _BODY)


def response_of(result: object) -> dict[str, Any]:
    """Return API Gateway's envelope for what a handler on a route returned.

    Args:
        result: A Response; a dict with an int "statusCode", taken as it is; None (204); text
            (text/plain); bytes (application/octet-stream); anything else is a JSON body.

    Raises:
        TypeError: The body has no JSON form.
        UnsendableError: Status, headers or cookies are none.
    """
    if isinstance(result, Response):
        check_answer(result.status, result.headers, result.cookies)
        return _envelope(result.status, result.body, result.headers, result.cookies)
    if isinstance(result, dict) and type(result.get("statusCode")) is int:
        return result
    return _envelope(_STATUS_NO_CONTENT if result is None else _STATUS_OK, result)


def refusal_of(error: EventError) -> dict[str, Any]:
    """Return the 400 that tells the caller everything that is wrong with the request."""
    texts = [str(problem) for problem in error.problems]
    return _envelope(_STATUS_BAD_REQUEST, {"message": "The request is not valid", "errors": texts})


def _envelope(
    status: int,
    body: object,
    headers: Mapping[str, str] | None = None,
    cookies: tuple[str, ...] | list[str] = (),
) -> dict[str, Any]:
    own_type = "" if body is None else _content_type_of(body)
    if headers and any(name.lower() == _CONTENT_TYPE for name in headers):
        own_type = ""
    envelope: dict[str, Any] = {
        "statusCode": status,
        "headers": {**({_CONTENT_TYPE: own_type} if own_type else {}), **(headers or {})},
    }
    if cookies:
        envelope["cookies"] = list(cookies)
    if body is not None:
        envelope[_BODY] = _body_text(body)
        envelope["isBase64Encoded"] = isinstance(body, bytes)
    return envelope


def _content_type_of(body: object) -> str:
    if isinstance(body, str):
        return _TEXT_TYPE
    return _BYTES_TYPE if isinstance(body, bytes) else _JSON_TYPE


def _body_text(body: object) -> str:
    if isinstance(body, str):
        return body
    if isinstance(body, bytes):
        from binascii import b2a_base64

        return b2a_base64(body, newline=False).decode("ascii")
    return json_of_value(body)


def _bytes_of(raw: Mapping[str, Any], body: str) -> bytes:
    if not raw.get("isBase64Encoded"):
        try:
            return body.encode("utf-8")
        except UnicodeEncodeError:
            raise EventError("not valid UTF-8", where=_BODY) from None
    from binascii import a2b_base64

    try:
        return a2b_base64(body, strict_mode=True)
    except ValueError:
        raise EventError("not valid base64", where=_BODY) from None


def _text_of(raw: Mapping[str, Any], body: str) -> str:
    if not raw.get("isBase64Encoded"):
        return body
    try:
        return _bytes_of(raw, body).decode("utf-8")
    except UnicodeDecodeError:
        raise EventError("not valid UTF-8", where=_BODY) from None


def _is_json(raw: Mapping[str, Any]) -> bool:
    headers: Mapping[str, Any] = raw.get("headers") or {}
    for name, value in headers.items():
        if name.lower() == _CONTENT_TYPE:
            return "json" in str(value).lower()
    return False
