"""Packages the application as `build` does, unpacks it, and picks the functions to measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.targets import archived_as
from sparta.cli.pipeline import Build, Pipeline
from sparta.errors import UsageError
from sparta.measure.unpacked import Unpacked, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.cli.console import Console

    Chosen = list[tuple[Unpacked, Function[Any, Any]]]


def chosen(application: Application, name: str | None, folder: Path, console: Console) -> Chosen:
    """Return the functions, each with the archive that it is in.

    Args:
        application: What is packaged.
        name: Of the only function that is wanted; None for all.
        folder: Where the archives are unpacked.
        console: Told what happens.

    Raises:
        UsageError: There is no function, or none of that name.
        PackageError: An archive cannot be made.
        LocalError: This machine cannot run the functions' Python.
    """
    known = [one.name for one in application.functions]
    if not known:
        raise UsageError("The application has no function", fix="Pass functions=[...]")
    if name is not None and name not in known:
        fix = f"Name one of: {', '.join(known)}"
        raise UsageError(f'There is no function "{name}"', where="--function", fix=fix)
    package = Pipeline(console, Build(application, check_imports=False), "build").package()
    found: Chosen = []
    for each in (package, *package.others):
        part = archived_as(application, each.parameter)
        wanted = [one for one in part.functions if name in (None, one.name)]
        if wanted:
            place = folder / f"{application.runtime}-{each.parameter}"
            archive = unpacked(part, each, place, console)
            found += [(archive, one) for one in wanted]
    return found


def slice_note(archive: Unpacked, function: Function[Any, Any]) -> str:
    """Return what the function's slice leaves out already, as the packager's report says it."""
    application = archive.application
    report = application.project / ".sparta" / f"{application.name}-slices" / "report.txt"
    if not report.is_file():
        return "no slices"
    begin = f"{function.entry_name}: "
    lines = report.read_text("utf-8").splitlines()
    return next((line.removeprefix(begin) for line in lines if line.startswith(begin)), "no slice")
