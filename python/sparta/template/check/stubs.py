"""What the stubs of `sparta.cfn` say of a resource type: the same text that type checkers read.

Only the classes that are asked for are parsed; a service's stub may have thousands of lines.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from keyword import iskeyword
from pathlib import Path

from sparta.cfn import typed

_FOLDER = Path(typed.__file__).parent
_START = re.compile(r"^(?:class )?(\w+)(?=\(| = TypedDict\()", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Field:
    """One property: its type as the stub writes it, and whether it has to be given."""

    type: ast.expr
    required: bool


@dataclass(frozen=True, slots=True)
class ResourceType:
    """What is known of one CloudFormation type.

    Args:
        fields: Its properties by name.
        attributes: What Fn::GetAtt takes; None where that is not known.
        any_property: Whether it takes properties of any name.
    """

    fields: dict[str, Field]
    attributes: frozenset[str] | None
    any_property: bool


@cache
def resource_type(name: str) -> ResourceType | None:
    """Return what is known of a type; None of one that the schemas do not have."""
    namespace, _, last = name.rpartition("::")
    module = module_name(namespace)
    found = _block(module, last) if module and "_" not in last else None
    if not isinstance(found, ast.ClassDef) or not isinstance(found.bases[0], ast.Subscript):
        return None
    constructor = next(
        node for node in found.body if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    ).args
    fields = {
        argument.arg: Field(argument.annotation, default is None)
        for argument, default in zip(constructor.kwonlyargs, constructor.kw_defaults, strict=True)
        if argument.annotation is not None
    }
    options = constructor.kwarg.annotation if constructor.kwarg else None
    return ResourceType(fields, _literals(found.bases[0].slice), isinstance(options, ast.Name))


@cache
def shape(module: str, name: str) -> dict[str, Field] | None:
    """Return the fields of a nested type; None where the stub has no such type."""
    found = _block(module, name)
    if isinstance(found, ast.ClassDef):
        pairs = [
            (node.target.id, node.annotation)
            for node in found.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        ]
    elif isinstance(found, ast.Assign) and isinstance(found.value, ast.Call):
        table = found.value.args[1]
        assert isinstance(table, ast.Dict)  # noqa: S101 - the generator writes no other
        keys = [key.value for key in table.keys if isinstance(key, ast.Constant)]
        pairs = list(zip(map(str, keys), table.values, strict=True))
    else:
        return None
    return dict(_field(name, kind) for name, kind in pairs)


@cache
def module_name(namespace: str) -> str:
    """Return the stub's name for `AWS::DynamoDB`; "" where there is none."""
    name = namespace.removeprefix("AWS::").replace("::", "_").lower()
    name = f"{name}_" if iskeyword(name) else name
    return name if (_FOLDER / f"{name}.pyi").is_file() else ""


def _field(name: str, kind: ast.expr) -> tuple[str, Field]:
    required = isinstance(kind, ast.Subscript) and ast.unparse(kind.value) == "Required"
    if isinstance(kind, ast.Subscript) and required:
        return name, Field(kind.slice, required=True)
    return name, Field(kind, required=False)


def _literals(base: ast.expr) -> frozenset[str] | None:
    """Return the names in `Literal[...]`; nothing for Never; None where any text will do."""
    if isinstance(base, ast.Name):
        return frozenset() if base.id == "Never" else None
    return frozenset(str(node.value) for node in ast.walk(base) if isinstance(node, ast.Constant))


@cache
def _block(module: str, name: str) -> ast.stmt | None:
    text, places = _stub(module)
    if name not in places:
        return None
    start, end = places[name]
    return ast.parse(text[start:end]).body[0]


@cache
def _stub(module: str) -> tuple[str, dict[str, tuple[int, int]]]:
    text = (_FOLDER / f"{module}.pyi").read_text(encoding="utf-8")
    found = list(_START.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return text, {match[1]: (match.start(), end) for match, end in zip(found, ends, strict=True)}
