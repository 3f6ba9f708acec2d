"""Which of Sparta's own modules run inside Lambda, and in which order they can be joined."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sparta.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ROOT_MODULES = (
    "sparta",
    "sparta.native",
    "sparta.aws",
    "sparta.cfn",
    "sparta.events",
    "sparta.iam",
    "sparta.archetypes",
    "sparta.operations",
    "sparta.triggers",
)
"""What an application may import."""
WHOLE_PACKAGES = ("model", "runtime")
"""What the generated index and the native library may import by name."""


@dataclass(frozen=True)
class Module:
    """One of Sparta's modules, as source.

    Args:
        name: Its full name, such as `sparta.model.token`.
        file: Its source file.
    """

    name: str
    file: Path

    @property
    def is_package(self) -> bool:
        """Whether it is a package's `__init__.py`."""
        return self.file.name == "__init__.py"

    @cached_property
    def source(self) -> str:
        """The text of the file."""
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.source, str(self.file))


def runtime_modules(folder: Path, services: Iterable[str] = ()) -> tuple[Module, ...]:
    """Return the modules that run inside Lambda, each after those it imports.

    Args:
        folder: The folder of the package `sparta`.
        services: The modules of `sparta.cfn` that the application imports.

    Raises:
        PackageError: They import each other in a circle.
    """
    names = [
        *ROOT_MODULES,
        *services,
        *(
            name_of(file, folder)
            for package in WHOLE_PACKAGES
            for file in sorted((folder / package).rglob("*.py"))
        ),
    ]
    ordered: dict[str, Module] = {}
    for name in names:
        _visit(name, folder, ordered, ())
    for name in list(ordered):
        # A package that nobody imports for itself is still there, as the parent of its modules.
        parent = name.rpartition(".")[0]
        if parent:
            _visit(parent, folder, ordered, ())
    return tuple(ordered.values())


def name_of(file: Path, folder: Path) -> str:
    """Return the module name of a file under the folder of the package `sparta`."""
    parts = file.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _visit(name: str, folder: Path, ordered: dict[str, Module], path: tuple[str, ...]) -> None:
    if name in ordered:
        return
    if name in path:
        circle = " -> ".join([*path[path.index(name) :], name])
        raise PackageError(f"Sparta's run-time modules import each other in a circle: {circle}")
    module = _module(name, folder)
    for imported in imports(module, folder):
        # A package is complete only after its modules: its name alone is no dependency.
        if not f"{name}.".startswith(f"{imported}."):
            _visit(imported, folder, ordered, (*path, name))
    ordered[name] = module


def _module(name: str, folder: Path) -> Module:
    file = _file(name, folder)
    if file is None:
        raise PackageError(f"Sparta's module {name} is missing", where=str(folder))
    return Module(name, file)


def _file(name: str, folder: Path) -> Path | None:
    path = folder.parent.joinpath(*name.split("."))
    candidates = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in candidates if file.is_file()), None)


def imports(module: Module, folder: Path) -> Iterator[str]:
    """Yield Sparta's modules that `module` needs while it is being imported."""
    for statement in module.tree.body:
        if isinstance(statement, ast.Import):
            yield from (a.name for a in statement.names if a.name.split(".")[0] == "sparta")
        if not isinstance(statement, ast.ImportFrom) or statement.module is None:
            continue
        if statement.module.split(".")[0] != "sparta":
            continue
        yield statement.module
        for alias in statement.names:
            if _file(f"{statement.module}.{alias.name}", folder):
                yield f"{statement.module}.{alias.name}"
