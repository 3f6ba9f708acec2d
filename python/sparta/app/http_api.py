"""`HttpApi`: an API Gateway HTTP API, each route answered by one function.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparta.app.function import Function
    from sparta.model.request import Request

    HttpFunction = Function[Request[Any], Any] | Function[dict[str, Any], Any]


class Route:
    """One route: a method and a path, answered by one function.

    Args:
        method: An HTTP method in capitals, or `ANY`.
        path: Starts with `/`; `{name}` takes one part, `{name+}` all that is left.
        function: Who answers.
        declared_at: The user's file and line.
    """

    __slots__ = ("declared_at", "function", "method", "path")

    def __init__(
        self, method: str, path: str, function: Function[Any, Any], declared_at: str
    ) -> None:
        self.method = method
        self.path = path
        self.function = function
        self.declared_at = declared_at

    @property
    def key(self) -> str:
        """The route key, such as `POST /orders/{id}`."""
        return f"{self.method} {self.path}"


class HttpApi:
    """An HTTP API; its methods add a route and return the API, so that they can be chained.

    Args:
        name: Its name, any text.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.routes: list[Route] = []
        self.declared_at = declared_at()

    def _add(self, method: str, path: str, function: HttpFunction) -> HttpApi:
        self.routes.append(Route(method, path, function, declared_at(3)))
        return self

    def get(self, path: str, function: HttpFunction) -> HttpApi:
        """Answer `GET path` with `function`."""
        return self._add("GET", path, function)

    def post(self, path: str, function: HttpFunction) -> HttpApi:
        """Answer `POST path` with `function`."""
        return self._add("POST", path, function)

    def put(self, path: str, function: HttpFunction) -> HttpApi:
        """Answer `PUT path` with `function`."""
        return self._add("PUT", path, function)

    def patch(self, path: str, function: HttpFunction) -> HttpApi:
        """Answer `PATCH path` with `function`."""
        return self._add("PATCH", path, function)

    def delete(self, path: str, function: HttpFunction) -> HttpApi:
        """Answer `DELETE path` with `function`."""
        return self._add("DELETE", path, function)

    def any(self, path: str, function: HttpFunction) -> HttpApi:
        """Answer every method on `path` with `function`."""
        return self._add("ANY", path, function)
