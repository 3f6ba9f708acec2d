"""Which services of `sparta.cfn` an application names: only their modules enter its archive."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sparta.package.native_source import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.package.packaged import PackagedFile

PARENT = "sparta.cfn"


def services_named(files: Iterable[PackagedFile]) -> tuple[str, ...]:
    """Return the modules of services that Python files import, in order of their names.

    Args:
        files: The application's own, and those of what it depends on.
    """
    sources = [file.read() for file in files if file.is_python]
    found = {name for source in sources if b"sparta" in source for name in _named(source)}
    folder = PACKAGE / "cfn"
    return tuple(f"{PARENT}.{name}" for name in sorted(found) if (folder / f"{name}.pyi").is_file())


def _named(source: bytes) -> Iterator[str]:
    if b"cfn" not in source:
        return
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # said where it is compiled
        return
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="sparta.cfn", names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module)) if module.startswith(f"{PARENT}."):
                yield module.split(".")[2]
            case ast.Import(names=names):
                yield from (
                    alias.name.split(".")[2]
                    for alias in names
                    if alias.name.startswith(f"{PARENT}.")
                )
            case ast.Constant(value=str(text)) if text.startswith(f"{PARENT}."):
                yield text.split(".")[2]  # importlib.import_module
            case _:
                pass
