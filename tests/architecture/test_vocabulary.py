"""Names say what a thing is: words that say nothing are not used for files, classes, functions."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.architecture.conftest import Tree

EMPTY_WORDS = {"manager", "managers", "helper", "helpers", "util", "utils"}
EMPTY_NAMES = {"data", "info"}
"""As a whole name; within one (`discovery_info`) they may be somebody's noun."""
LEVELS = {"structured_log": {"info"}}
"""Names of methods that every logger has, by the module they are in."""
RUST_NAME = re.compile(r"\b(?:fn|struct|enum|mod|trait|type|const|static|let(?: mut)?)\s+(\w+)")


def words(name: str) -> list[str]:
    """Split `snake_case` and `CamelCase` into lower-case words."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)]


def empty(name: str) -> bool:
    """Return whether a name is, or holds, a word that says nothing."""
    return (
        bool(EMPTY_WORDS & set(words(name)))
        or name.strip("_").lower() in EMPTY_NAMES
        or re.match(r"_*do_[a-z]", name) is not None
    )


def python_names(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of what a module defines: classes, functions, arguments, variables."""
    for node in ast.walk(module):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id


def test_python_names_say_something(tree: Tree) -> None:
    sources = tree.of_type(".py")
    assert sources
    wrong = [f"{path}: {path.stem}" for path in sources if empty(path.stem)]
    for path in sources:
        wrong += [
            f"{path}:{at}: {name}"
            for at, name in python_names(tree.parse(path))
            if empty(name) and name not in LEVELS.get(path.stem, ())
        ]
    assert wrong == []


def test_rust_names_say_something(tree: Tree, project_root: Path) -> None:
    sources = tree.of_type(".rs", project_root / "rust")
    assert sources, "no Rust source found"
    wrong = [f"{path}: {path.stem}" for path in sources if empty(path.stem)]
    for path in sources:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = RUST_NAME.findall(line.split("//")[0])
            wrong += [f"{path}:{number}: {name}" for name in found if empty(name)]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("StackManager", True),
        ("string_utils", True),
        ("_helper", True),
        ("do_work", True),
        ("data", True),
        ("do_GET", False),
        ("metadata", False),
        ("discovery_info", False),
        ("utilisation", False),
    ],
)
def test_the_gate_knows_an_empty_name(name: str, expected: bool) -> None:
    assert empty(name) is expected
