"""Whether defining a function or a class has no effect but to bind its name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sparta.package.slice.known import PURE_BASES, PURE_METACLASSES
from sparta.package.slice.purity import OWN, Effect, Purity
from sparta.package.slice.unit import units_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOOKS = {"__init_subclass__", "__class_getitem__", "__set_name__", "__mro_entries__"}
_ENUM_HOOKS = {"__init__", "__new__", "__set_name__", "_generate_next_value_"}


def check_function(
    node: ast.FunctionDef | ast.AsyncFunctionDef, purity: Purity, *, annotated: bool
) -> None:
    """Raise `Effect` if defining the function may have one.

    Args:
        node: The definition.
        purity: Of the module, or of the class it stands in.
        annotated: Whether annotations are evaluated, which `from __future__` can put off.
    """
    _check_decorators(node, purity)
    purity.all([*node.args.defaults, *node.args.kw_defaults])
    if annotated:
        purity.all(_annotations(node))


def check_class(node: ast.ClassDef, purity: Purity, *, annotated: bool) -> None:
    """Raise `Effect` if defining the class may have one; arguments as of `check_function`."""
    _check_decorators(node, purity)
    for base in node.bases:
        if not _is_pure_base(base, purity):
            raise Effect(f"the base {ast.unparse(base)} may run code for each subclass")
    for keyword in node.keywords:
        value = purity.of(keyword.value)
        if keyword.arg == "metaclass" and value.name not in PURE_METACLASSES:
            raise Effect(f"the metaclass {ast.unparse(keyword.value)} may run code")
    if _is_enum(node, purity) and _ENUM_HOOKS & set(_methods(node, purity)):
        raise Effect("its members are made by code of its own")
    units = units_of(ast.Module(node.body, []))
    inner = purity.within(name for unit in units for name in unit.binds)
    for statement in node.body:
        check_body_statement(statement, inner, annotated=annotated)
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            _check_member(statement.value, node, inner)


def check_body_statement(node: ast.stmt, purity: Purity, *, annotated: bool) -> None:
    """Raise `Effect` if a statement of a class's body, or a simple one, may have one."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            check_function(node, purity, annotated=annotated)
        case ast.ClassDef():
            check_class(node, purity, annotated=annotated)
        case ast.Assign():
            check_targets(node.targets)
            purity.of(node.value)
        case ast.AnnAssign():
            check_targets([node.target])
            purity.all([node.value, node.annotation if annotated else None])
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            pass
        case _:
            raise Effect(f"{type(node).__name__} in a class is not analysed")


def check_targets(targets: list[ast.expr]) -> None:
    """Raise `Effect` if something else than names is assigned to."""
    for target in targets:
        if not isinstance(target, ast.Name):
            raise Effect(f"it changes or takes apart something: {ast.unparse(target)}")


def _check_decorators(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, purity: Purity
) -> None:
    for decorator in node.decorator_list:
        if not purity.is_decorator(purity.of(decorator)):
            raise Effect(f"the decorator {ast.unparse(decorator)} may have effects")


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr | None]:
    arguments = node.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        yield argument.annotation
    for found in (arguments.vararg, arguments.kwarg):
        if found is not None:
            yield found.annotation
    yield node.returns


def _check_member(value: ast.expr, cls: ast.ClassDef, purity: Purity) -> None:
    """Refuse a value that the class might hand its own name to, by `__set_name__`."""
    if isinstance(value, ast.Lambda | ast.List | ast.Tuple | ast.Set | ast.Dict):
        return
    functions = {getattr(statement, "name", "") for statement in cls.body}
    is_function = isinstance(value, ast.Name) and value.id in functions
    if purity.of(value).kind == "unknown" and not is_function:
        raise Effect(f"{ast.unparse(value)} in it may run code when it gets its name")


def _is_pure_base(base: ast.expr, purity: Purity) -> bool:
    value = purity.of(base)
    if value.kind == "named" and not value.name.startswith(OWN):
        known = value.name.split(".")
        return value.name in PURE_BASES or (known[0] == "builtins" and known[1] != "type")
    cls = _class_of(base, purity)
    if cls is None:
        return False
    # Its own statement stays if it is not pure; what matters here is what it does to subclasses.
    hooks = _HOOKS & set(_methods(cls, purity))
    return not hooks and not cls.keywords and all(_is_pure_base(b, purity) for b in cls.bases)


def _class_of(base: ast.expr, purity: Purity) -> ast.ClassDef | None:
    """Return the class of this module that `base` names, if one statement binds that name."""
    if not isinstance(base, ast.Name) or base.id in purity.shadowed:
        return None
    found = purity.origins.binders.get(base.id, [])
    cls = found[0].node if len(found) == 1 else None
    return cls if isinstance(cls, ast.ClassDef) else None


def _is_enum(cls: ast.ClassDef, purity: Purity) -> bool:
    for base in cls.bases:
        own = _class_of(base, purity)
        if purity.of(base).name.startswith("enum.") or (own and _is_enum(own, purity)):
            return True
    return False


def _methods(cls: ast.ClassDef, purity: Purity) -> Iterator[str]:
    """Yield the names that a class and its bases in this module bind."""
    for unit in units_of(ast.Module(cls.body, [])):
        yield from unit.binds
    for base in cls.bases:
        own = _class_of(base, purity)
        if own is not None:
            yield from _methods(own, purity)
