"""`sparta.Request[B]`: an HTTP request as API Gateway hands it over, its body decoded to `B`.

Everything but the body is read from the raw event when it is asked for. Payload format 2.0:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

from sparta.model.generic import B, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Request(Generic[B]):
    """One HTTP request.

    Args:
        raw: The event, as API Gateway (payload format 2.0) or a function URL sends it.
        body: The decoded body: a `B`, or None where the request has none.
    """

    __slots__ = ("_body", "raw")

    raw: dict[str, Any]

    def __init__(self, raw: dict[str, Any], body: B) -> None:
        self.raw = raw
        self._body = body

    @property
    def body(self) -> B:
        """The body, decoded to the type in `Request[...]`."""
        return self._body

    @property
    def method(self) -> str:
        """The HTTP method in capitals, such as `GET`."""
        return str(self._http.get("method", ""))

    @property
    def path(self) -> str:
        """The path without the stage, percent-encoded as it was sent."""
        return str(self.raw.get("rawPath") or self._http.get("path", ""))

    @property
    def route(self) -> str:
        """The matched route, such as `POST /orders/{id}`."""
        return str(self.raw.get("routeKey", ""))

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, names in lower case; several values of one name joined by commas."""
        return self.raw.get("headers") or {}

    @property
    def query(self) -> Mapping[str, str]:
        """The query parameters; several values of one name joined by commas."""
        return self.raw.get("queryStringParameters") or {}

    @property
    def path_parameters(self) -> Mapping[str, str]:
        """The values of the route's `{name}` parts."""
        return self.raw.get("pathParameters") or {}

    @property
    def cookies(self) -> list[str]:
        """The cookies, each `name=value`."""
        return list(self.raw.get("cookies") or ())

    @property
    def source_ip(self) -> str:
        """The caller's address, as API Gateway saw it."""
        return str(self._http.get("sourceIp", ""))

    @property
    def _http(self) -> Mapping[str, Any]:
        context: Mapping[str, Any] = self.raw.get("requestContext") or {}
        found: Mapping[str, Any] = context.get("http") or {}
        return found

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.path}>"
