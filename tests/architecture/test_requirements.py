"""One resolution for everybody: what is declared is pinned, hashed, and really used."""

from __future__ import annotations

import re
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from pathlib import Path

    from tests.architecture.conftest import Tree

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)")
STARTED = {"uv"}
"""Declared because its program is started, not imported."""
BROUGHT = {"botocore": "boto3"}
"""Imported, but a part of what is declared."""
ELSEWHERE = {"ministack", "awslambdaric"}
"""Imported by code that runs in an environment of its own, which has it."""
NEWER = {"annotationlib"}
"""In the standard library of a newer Python than the oldest supported one; imported if there."""


@pytest.fixture(scope="module")
def pyproject(project_root: Path) -> dict[str, Any]:
    return tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))


def pins(path: Path) -> dict[str, list[str]]:
    """Return the versions that a compiled requirements file pins, by name."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            found.setdefault(canonicalize_name(match["name"]), []).append(match["version"])
    assert found, path
    return found


def compiled(tree: Tree) -> list[Path]:
    """Return every requirements file that a machine wrote."""
    return [path for path in tree.of_type(".txt") if "--hash=sha256:" in path.read_text("utf-8")]


def test_every_pin_has_its_hashes(tree: Tree) -> None:
    assert len(compiled(tree)) > 1
    wrong = []
    for path in compiled(tree):
        blocks = re.split(r"^(?=\S)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        pinned = [block for block in blocks if block.strip() and not block.startswith("#")]
        wrong += [f"{path}: {block}" for block in pinned if "--hash=sha256:" not in block]
        assert pinned, path
    assert wrong == []


def test_the_lock_holds_what_is_declared(project_root: Path, pyproject: dict[str, Any]) -> None:
    locked = pins(project_root / "requirements" / "dev.txt")
    tools = (project_root / "requirements" / "dev.in").read_text(encoding="utf-8")
    declared = [line.split("#")[0].strip() for line in tools.splitlines()]
    declared += pyproject["project"]["dependencies"]
    declared += pyproject["project"]["optional-dependencies"]["zig"]
    wrong = []
    for text in filter(None, declared):
        wanted = Requirement(text)
        versions = locked.get(canonicalize_name(wanted.name), [])
        if not versions or not all(map(wanted.specifier.contains, versions)):
            wrong.append(f"{text}: the lock has {versions or 'none'}: make lock")
    assert wrong == []


def test_uv_and_maturin_have_one_version_each(
    project_root: Path, pyproject: dict[str, Any]
) -> None:
    locked = pins(project_root / "requirements" / "dev.txt")
    assert pins(project_root / "requirements" / "uv.txt") == {"uv": locked["uv"]}
    assert pyproject["build-system"]["requires"] == [f"maturin=={locked['maturin'][0]}"]


def test_the_package_imports_what_it_declares(tree: Tree, pyproject: dict[str, Any]) -> None:
    modules = tree.package.values()
    imported = {name.split(".")[0] for module in modules for _, name in tree.imports(module)}
    foreign = (
        imported - sys.stdlib_module_names - NEWER - ELSEWHERE - {"sparta", "_sparta", "index"}
    )
    declared = {Requirement(text).name for text in pyproject["project"]["dependencies"]}
    assert {BROUGHT.get(name, name) for name in foreign} | STARTED == declared
