"""Finds the user's application and runs its file, once, to learn what it declares.

The file is run as `__main__`, as `python app.py` would run it, and known under its importable name
too: `from app import orders` in another module gives the same objects.
"""

from __future__ import annotations

import sys
import tomllib
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from sparta.app.main_module import importable, lend_region, take_back_region
from sparta.cli.load_error import load_error
from sparta.errors import DeclarationError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.app.application import Declaration

_DEFAULT = "app.py"
_CALL = 'End it with: if __name__ == "__main__": sparta.main("Name", functions=[...])'


def find(start: Path, app: str | None = None) -> Path:
    """Return the application's file.

    Args:
        start: The folder to look in, and above.
        app: The file, if the user named it.

    Raises:
        UsageError: There is none.
    """
    if app is not None:
        return _existing(start / app, "--app")
    for folder in (start, *start.parents):
        pyproject = folder / "pyproject.toml"
        if pyproject.is_file():
            named = _named_by(pyproject)
            if named is not None:
                _refuse_another(start, folder / named)
                return _existing(folder / named, f"{pyproject}: [tool.sparta] app")
            break
    if (start / _DEFAULT).is_file():
        return (start / _DEFAULT).resolve()
    fix = 'Give --app FILE, or write [tool.sparta] app = "app.py" into pyproject.toml'
    raise UsageError(f"There is no application in {start}", fix=fix)


def declaration_of(app_file: Path) -> Declaration:
    """Run the application's file and return what it passes to `sparta.main`.

    Raises:
        DeclarationError: It cannot be run, or does not call `sparta.main` exactly once; says in
            which line of the user's code.
    """
    found: list[Declaration] = []
    entry = import_module("sparta.entry")  # it stands above this package, so not by import
    entry.capture = found.append  # type: ignore[attr-defined]
    try:
        _run(app_file)
    except (Exception, SystemExit) as error:
        raise load_error(error, app_file) from error
    finally:
        entry.capture = None  # type: ignore[attr-defined]
    if len(found) != 1:
        times = "does not call" if not found else f"calls {len(found)} times"
        raise DeclarationError(f"It {times} sparta.main", where=str(app_file), fix=_CALL)
    return found[0]


def _run(app_file: Path) -> None:
    root, name = importable(str(app_file))
    module = ModuleType("__main__")
    module.__file__ = str(app_file)
    module.__package__ = name.rpartition(".")[0]
    sys.path.insert(0, root)
    sys.modules["__main__"] = sys.modules[name] = module
    code = compile(app_file.read_bytes(), str(app_file), "exec", dont_inherit=True)
    lend_region()
    try:
        exec(code, module.__dict__)  # noqa: S102 - the user's own file, as `python` would run it
    finally:
        take_back_region()


def _named_by(pyproject: Path) -> str | None:
    try:
        document = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"It is not valid TOML: {error}", where=str(pyproject)) from error
    named = document.get("tool", {}).get("sparta", {}).get("app")
    if named is not None and not isinstance(named, str):
        raise UsageError("[tool.sparta] app has to be a text", where=str(pyproject))
    return named


def _refuse_another(start: Path, named: Path) -> None:
    """Refuse to act on the application of a folder above while this folder has one of its own."""
    own = start / _DEFAULT
    if own.is_file() and own.resolve() != named.resolve() and start.resolve() != named.parent:
        raise UsageError(
            f"There are two applications: {own}, and {named} by the pyproject.toml above",
            fix="Name the one you mean with --app",
        )


def _existing(file: Path, source: str) -> Path:
    if not file.is_file():
        raise UsageError(f"There is no file {file}", where=source, fix="Name an existing one")
    return file.resolve()
