"""ALB events: an HTTP request that a load balancer hands over, and its answer.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

import sys

from sparta.events.encoded import bytes_of_base64, text_of_bytes
from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_JSON_CONTENT = "application/json"
_TEXT_CONTENT = "text/plain; charset=utf-8"
_BYTES_CONTENT = "application/octet-stream"
_BODY_WHERE = "event.body"


class Alb(Event):
    """One request. Header names are in lower case; values of the query are as they were sent.

    The target group says whether headers and queries come with all of their values or with the
    last one; both are read alike, and `answer` writes what this one wants.
    """

    __slots__ = ()

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event is a load balancer's, which names its target group."""
        try:
            return "elb" in raw["requestContext"]
        except (LookupError, TypeError):
            return False

    @property
    def method(self) -> str:
        """The HTTP method in capitals, such as `GET`."""
        return str(self.raw["httpMethod"])

    @property
    def path(self) -> str:
        """The path, percent-encoded as it was sent."""
        return str(self.raw["path"])

    @property
    def header_values(self) -> dict[str, list[str]]:
        """The headers with all values that the load balancer handed over."""
        found = _all_values(self.raw, "multiValueHeaders", "headers")
        return {name.lower(): values for name, values in found.items()}

    @property
    def headers(self) -> dict[str, str]:
        """The headers; the last value where there are several."""
        return {name: values[-1] for name, values in self.header_values.items() if values}

    @property
    def query_values(self) -> dict[str, list[str]]:
        """The query's parameters with all values, percent-encoded as they were sent."""
        return _all_values(self.raw, "multiValueQueryStringParameters", "queryStringParameters")

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters; the last value where there are several."""
        return {name: values[-1] for name, values in self.query_values.items() if values}

    @property
    def cookies(self) -> list[str]:
        """The cookies, each `name=value`."""
        found = "; ".join(self.header_values.get("cookie", ()))
        return [cookie for cookie in map(str.strip, found.split(";")) if cookie]

    @property
    def content(self) -> bytes:
        """The body's bytes; empty where there is none.

        Raises:
            EventError: It is said to be base64 and is not.
        """
        body: str = self.raw.get("body") or ""
        return (
            bytes_of_base64(body, _BODY_WHERE) if self.raw.get("isBase64Encoded") else body.encode()
        )

    @property
    def text(self) -> str:
        """The body's text.

        Raises:
            EventError: It is not UTF-8.
        """
        return text_of_bytes(self.content, _BODY_WHERE)

    @property
    def source_ip(self) -> str:
        """The caller's address, as the load balancer saw it; empty for health checks."""
        return self.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()

    @property
    def is_health_check(self) -> bool:
        """Whether the load balancer only asks if the function answers."""
        return self.headers.get("user-agent", "").startswith("ELB-HealthChecker/")

    @property
    def target_group_arn(self) -> str:
        """The ARN of the target group."""
        return str(self.raw["requestContext"]["elb"]["targetGroupArn"])

    def answer(
        self,
        body: object = None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        cookies: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Return the answer, in the form that the target group wants.

        Args:
            body: Text, bytes, None for an empty one, or what is written as JSON; up to 1 MB.
            status: 100 to 599.
            headers: A content type is set by the body where none is given.
            cookies: Values of `Set-Cookie`. Where headers have one value, only the last is sent.
        """
        told = {"content-type": _TEXT_CONTENT if isinstance(body, str) else _JSON_CONTENT}
        if isinstance(body, bytes):
            told = {"content-type": _BYTES_CONTENT}
        given = {name.lower(): str(value) for name, value in (headers or {}).items()}
        told = {**(told if body is not None else {}), **given}
        answer: dict[str, Any] = {"statusCode": status, "statusDescription": _status_line(status)}
        if "multiValueHeaders" in self.raw:
            several = {name: [value] for name, value in told.items()}
            if cookies:
                several["set-cookie"] = [*several.get("set-cookie", ()), *cookies]
            answer["multiValueHeaders"] = several
        else:
            answer["headers"] = {**told, **({"set-cookie": cookies[-1]} if cookies else {})}
        answer["body"] = _sent_text(body)
        answer["isBase64Encoded"] = isinstance(body, bytes)
        return answer


def _all_values(raw: Mapping[str, Any], several: str, single: str) -> dict[str, list[str]]:
    many: Mapping[str, Sequence[str]] = raw.get(several) or {}
    one: Mapping[str, str] = raw.get(single) or {}
    found = {name: list(values) for name, values in many.items()}
    return found or {name: [value] for name, value in one.items()}


def _sent_text(body: object) -> str:
    if body is None or isinstance(body, str):
        return body or ""
    if isinstance(body, bytes):
        from binascii import b2a_base64

        return b2a_base64(body, newline=False).decode("ascii")
    return _sent_json(body)


def _sent_json(body: object) -> str:
    core = sys.modules.get("_sparta")  # which writes JSON without anything being loaded
    if core is not None:
        text: str = core.dumps(body).decode()
        return text
    import json

    return json.dumps(body, ensure_ascii=False, default=_plain_model)


def _plain_model(value: object) -> object:
    """Return what JSON writes for a Model."""
    as_dict = getattr(value, "_asdict", None)
    if as_dict is None:
        raise TypeError(f"{type(value).__name__} has no JSON form")
    return as_dict()


def _status_line(status: int) -> str:
    from http import HTTPStatus

    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
