"""Borders inside the package that import-linter can't draw."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.architecture.conftest import Tree

FRONT = {"__init__", "native"}
"""The two modules that users import; everything else is inner."""


def test_inner_modules_never_import_the_front(tree: Tree, project_root: Path) -> None:
    package = project_root / "python" / "sparta"
    assert tree.package, "the package has no module"
    wrong = []
    for path, module in tree.package.items():
        if path.parent != package or path.stem not in FRONT:
            names = tree.imports(module)
            wrong += [f"{path}:{line}: {name}" for line, name in names if name in {"sparta", "."}]
    assert wrong == []


def test_only_one_module_imports_boto3(tree: Tree, project_root: Path) -> None:
    users = {
        path.relative_to(project_root).as_posix()
        for path, module in tree.package.items()
        for _, name in tree.imports(module)
        # The providers run inside Lambda, with the managed runtime's boto3.
        if name.split(".")[0] in {"boto3", "botocore"} and path.parent.name != "providers"
    }
    assert users == {"python/sparta/deploy/aws.py"}


def test_only_the_command_line_knows_exit_codes(tree: Tree, project_root: Path) -> None:
    """A program of its own (`python -m ...`) may hand on a status: `sys.exit(main())`."""
    command_line = project_root / "python" / "sparta" / "cli"
    wrong = []
    for path, module in tree.package.items():
        calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
        for call in [] if command_line in path.parents else calls:
            ends = ast.unparse(call.func) in {"sys.exit", "exit", "quit", "SystemExit"}
            if ends and ast.unparse(call) != "sys.exit(main())":
                wrong.append(f"{path}:{call.lineno}: {ast.unparse(call)}")
    assert wrong == []


def test_unsafe_rust_stands_in_one_crate_with_its_reason(tree: Tree, project_root: Path) -> None:
    sources = tree.of_type(".rs", project_root / "rust")
    assert sources, "no Rust source found"
    edge = project_root / "rust" / "python"
    wrong = []
    for path in sources:
        lines = path.read_text(encoding="utf-8").splitlines()
        for index, line in enumerate(lines):
            code = line.split("//")[0]
            if not re.search(r"\bunsafe\b", code) or "forbid(unsafe_code)" in code:
                continue
            reason = "\n".join(lines[max(0, index - 8) : index + 1])
            if edge not in path.parents or not re.search(r"SAFETY:|# Safety", reason):
                wrong.append(f"{path}:{index + 1}: {line.strip()}")
    assert wrong == []


def test_the_core_forbids_unsafe(project_root: Path) -> None:
    text = (project_root / "rust" / "core" / "src" / "lib.rs").read_text(encoding="utf-8")
    assert "#![forbid(unsafe_code)]" in text
