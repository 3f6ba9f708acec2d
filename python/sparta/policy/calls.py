"""The boto3 calls in the source of one function, and of what it calls of its own application."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.policy.values import UNKNOWN, Client, Names, is_own, logical_id, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CellType, FunctionType

_BY_NAME = frozenset({"generate_presigned_url", "get_paginator"})
"""Methods of clients that take the name of the one they stand for."""
_HARMLESS = frozenset({"can_paginate", "close"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call.

    Args:
        service: boto3's name of the service.
        method: The method, such as `put_item`.
        resource: The logical id of the resource it names; empty where that is not known.
        place: File and line.
    """

    service: str
    method: str
    resource: str
    place: str


@dataclass(slots=True)
class Calls:
    """What was found.

    Args:
        calls: The calls.
        lost_services: Services of clients that went where they cannot be followed.
        lost_resources: Logical ids of resources whose names went there.
        complete: Whether all the source could be read.
    """

    calls: list[Call] = field(default_factory=list[Call])
    lost_services: set[str] = field(default_factory=set[str])
    lost_resources: set[str] = field(default_factory=set[str])
    complete: bool = True


def calls_of(handler: FunctionType, root: Path) -> Calls:
    """Return the calls of a handler and of the application's functions that it names.

    Args:
        handler: The handler.
        root: The application's folder; what stands elsewhere is not read.
    """
    found = Calls()
    handler = unwrapped(handler)
    waiting, seen = [handler], {handler}
    while waiting:
        function = waiting.pop()
        for named in _read(function, str(root), found):
            if named not in seen:
                seen.add(named)
                waiting.append(named)
    return found


def _read(function: FunctionType, root: str, found: Calls) -> Iterator[FunctionType]:
    """Add the calls of one function to `found`; yield the functions it names."""
    node = _source(function)
    if node is None or not is_own(function, root):
        found.complete = False
        return
    body = [each for statement in node.body for each in ast.walk(statement)]
    names = _names_of(function, node, body, found)
    calls = [each for each in body if isinstance(each, ast.Call)]
    of_clients = [each for each in calls if isinstance(_receiver(each, names), Client)]
    for call in of_clients:
        _add_call(call, names, found, function.__code__.co_filename)
    followed = {id(call.func) for call in calls}
    followed |= {id(each.value) for each in body if isinstance(each, ast.Attribute | ast.Assign)}
    kept = {id(keyword.value) for call in of_clients for keyword in call.keywords}
    for each in body:
        if not isinstance(each, ast.expr) or isinstance(getattr(each, "ctx", None), ast.Store):
            continue
        value = names.value(each)
        if is_own(value, root):
            yield value
        elif _class_of(value).__module__ in _own_modules(root):
            found.complete = False  # a class of the application: its methods are not followed
        elif id(each) not in followed:
            _lose(value, found, kept=id(each) in kept)


def _names_of(
    function: FunctionType,
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    body: list[ast.AST],
    found: Calls,
) -> Names:
    """Return the names within a function; `found` is incomplete where an import is not known."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    names = Names({**function.__globals__, **{name: _content(cell) for name, cell in cells}})
    for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        names.assign(argument.arg, UNKNOWN)
    for each in body:
        if isinstance(each, ast.Import | ast.ImportFrom):
            found.complete = names.bring(each) and found.complete
        _assign(each, names)
    return names


def _add_call(call: ast.Call, names: Names, found: Calls, file: str) -> None:
    client = _receiver(call, names)
    if not isinstance(client, Client) or not isinstance(call.func, ast.Attribute):
        return
    method = call.func.attr
    if isinstance(names.value(call), Client) or method in _HARMLESS:
        return  # makes a resource of a name
    if method in _BY_NAME:
        named = names.value(call.args[0]) if call.args else UNKNOWN
        if not isinstance(named, str):
            found.lost_services.add(client.service)
            return
        method = named
    resource = client.named.strip("?") or names.resource_of(call)
    found.calls.append(Call(client.service, method, resource, f"{file}:{call.lineno}"))


def _receiver(call: ast.Call, names: Names) -> Any:  # noqa: ANN401 - any object
    return names.value(call.func.value) if isinstance(call.func, ast.Attribute) else UNKNOWN


def _lose(value: Any, found: Calls, *, kept: bool) -> None:  # noqa: ANN401 - any object
    """Note what is handed on to where it is not followed; a boto3 call keeps what it is given."""
    if isinstance(value, Client):
        found.lost_services.add(value.service)
    elif not kept and logical_id(value):
        found.lost_resources.add(logical_id(value))


def _assign(node: ast.AST, names: Names) -> None:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            names.assign(name, names.value(value))
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            names.assign(name, names.value(value))
        case ast.Name(id=name, ctx=ast.Store()):
            # A loop, a `with`, an unpacking; a plain assignment has named it already.
            names.assign(name, names.value(ast.Name(name, ast.Load())))
        case _:
            return


def _class_of(value: Any) -> type:  # noqa: ANN401 - any object
    return value if isinstance(value, type) else type(value)


def _content(cell: CellType) -> Any:  # noqa: ANN401 - any object
    """Return what a closure holds; it may hold nothing yet."""
    try:
        return cell.cell_contents
    except ValueError:
        return UNKNOWN


def _source(function: FunctionType) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """Return the definition of a function, found by its file and line."""
    code = function.__code__
    return _definitions(code.co_filename).get((code.co_name, code.co_firstlineno))


@cache
def _definitions(file: str) -> dict[tuple[str, int], ast.FunctionDef | ast.AsyncFunctionDef]:
    try:
        tree = ast.parse(Path(file).read_bytes(), file)
    except (OSError, SyntaxError, ValueError):
        return {}
    return {
        (node.name, min([node.lineno, *(each.lineno for each in node.decorator_list)])): node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@cache
def _own_modules(root: str) -> frozenset[str]:
    loaded = list(sys.modules.items())
    return frozenset(
        name for name, module in loaded if str(getattr(module, "__file__", "")).startswith(root)
    )
