"""What an expression in a handler's source stands for, as far as it can be proved.

The application is loaded: module-level names are looked up in the module itself. Nothing of it is
called, and no attribute is read but those of modules and of Sparta's resources.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from sparta.app.function import Function
from sparta.cfn.resource import Resource
from sparta.model.token import has_marker, markers

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMED_BY = ("TableName", "Bucket", "QueueUrl", "TopicArn", "FunctionName", "StreamName")
"""The keywords that name the resource of a call."""
_RESOURCES = frozenset({"Table", "Bucket", "Queue", "Topic"})
"""What boto3's service resources make of a name."""
UNKNOWN = object()
"""The value of what cannot be proved."""


@dataclass(frozen=True, slots=True)
class Maker:
    """`boto3`, or a session: what makes clients."""


@dataclass(frozen=True, slots=True)
class Client:
    """A client of boto3, or a resource of its resource interface.

    Args:
        service: boto3's name of the service.
        named: The logical id of the one resource it is for; empty where calls say it.
        is_resource: Whether it belongs to the resource interface.
    """

    service: str
    named: str = ""
    is_resource: bool = False


class Names:
    """The names within one function: its own, over those of its module.

    Args:
        module: The function's globals.
    """

    def __init__(self, module: Mapping[str, Any]) -> None:
        self._module = module
        self._own: dict[str, Any] = {}

    def assign(self, name: str, value: Any) -> None:  # noqa: ANN401 - any object
        """Let a name stand for a value; for none, where it already stands for another."""
        before = self._own.get(name, value)
        plain = isinstance(value, str | Client | Maker) and type(before) is type(value)
        same = before is value or (plain and before == value)
        self._own[name] = value if same else UNKNOWN

    def bring(self, node: ast.Import | ast.ImportFrom) -> bool:
        """Let the names of an import within the function stand for what it brings.

        Returns:
            Whether all of it is known: loaded, or boto3.
        """
        complete = True
        for alias in node.names:
            name = alias.name if isinstance(node, ast.Import) else str(node.module)
            found: Any = sys.modules.get(name, Maker() if name == "boto3" else UNKNOWN)
            if isinstance(node, ast.ImportFrom):
                found = _attribute(found, alias.name)
            elif alias.asname is None:
                name = name.partition(".")[0]
                found = sys.modules.get(name, found)
            complete = complete and found is not UNKNOWN
            self.assign(alias.asname or alias.name.partition(".")[0], _known(found))
        return complete

    def value(self, node: ast.expr | None) -> Any:  # noqa: ANN401 - any object
        """Return what an expression stands for: an object, a Client, or UNKNOWN."""
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                found = self._own.get(name, self._module.get(name, UNKNOWN))
                return _known(found)
            case ast.Attribute(value=inner, attr=name):
                return _attribute(self.value(inner), name)
            case ast.Call():
                return self._made(node)
            case _:
                return UNKNOWN

    def resource_of(self, call: ast.Call) -> str:
        """Return the logical id of the resource that a client's call names; empty if unknown."""
        for keyword in call.keywords:
            if keyword.arg in _NAMED_BY:
                return logical_id(self.value(keyword.value))
        return ""

    def _made(self, call: ast.Call) -> Any:  # noqa: ANN401 - any object
        if not isinstance(call.func, ast.Attribute):
            made = self.value(call.func)  # `from boto3 import client`
            name = made.__name__ if _is_boto3(made) else ""
            return _opened(name, Maker(), self._first(call))
        return _opened(call.func.attr, self.value(call.func.value), self._first(call))

    def _first(self, call: ast.Call) -> Any:  # noqa: ANN401 - any object
        return self.value(call.args[0]) if call.args else UNKNOWN


def logical_id(value: Any) -> str:  # noqa: ANN401 - any object
    """Return the logical id of the one resource that a text names; empty if there is none."""
    found = {name for name, _ in markers(value)} if isinstance(value, str) else set()
    return found.pop() if len(found) == 1 else ""


def unwrapped(function: FunctionType) -> FunctionType:
    """Return the function that a decorator made with functools.wraps stands for."""
    inner = getattr(function, "__wrapped__", None)
    return unwrapped(inner) if isinstance(inner, FunctionType) else function


def is_own(value: Any, root: str) -> bool:  # noqa: ANN401 - any object
    """Say whether a value is a plain function of the application, whose folder is `root`."""
    return isinstance(value, FunctionType) and value.__code__.co_filename.startswith(root)


def _opened(name: str, maker: Any, argument: Any) -> Any:  # noqa: ANN401 - any object
    """Return what `maker.name(argument)` makes."""
    if isinstance(maker, Maker):
        if name in ("Session", "session"):
            return maker
        if name in ("client", "resource") and isinstance(argument, str):
            return Client(argument, is_resource=name == "resource")
    if isinstance(maker, Client) and maker.is_resource and not maker.named and name in _RESOURCES:
        return Client(maker.service, logical_id(argument) or "?", is_resource=True)
    return UNKNOWN


def _attribute(value: Any, name: str) -> Any:  # noqa: ANN401 - any object
    if isinstance(value, ModuleType):
        return _known(vars(value).get(name, UNKNOWN))
    if isinstance(value, Maker) and name == "session":
        return value
    if isinstance(value, Resource) and isinstance(getattr(type(value), name, None), property):
        found = getattr(value, name)
        return found if isinstance(found, str) and has_marker(found) else UNKNOWN
    return UNKNOWN


def _known(value: Any) -> Any:  # noqa: ANN401 - any object
    """Return an object of the application as this module sees it."""
    if isinstance(value, ModuleType) and value.__name__ in ("boto3", "boto3.session"):
        return Maker()
    kind = type(value)
    if kind.__module__ == "boto3.session":
        return Maker()
    if kind.__module__ == "botocore.client":
        return Client(value.meta.service_model.service_name)
    if kind.__module__.startswith("boto3.resources."):
        names = [getattr(value, name, "") for name in value.meta.identifiers]
        named = logical_id(names[0]) or "?" if names else ""
        return Client(value.meta.service_name, named, is_resource=True)
    value = value.handler if isinstance(value, Function) else value
    return unwrapped(value) if isinstance(value, FunctionType) else value


def _is_boto3(value: Any) -> bool:  # noqa: ANN401 - any object
    return isinstance(value, FunctionType | type) and value.__module__ in ("boto3", "boto3.session")
