"""The slices of an application as files of its archive."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sparta.package import native_source
from sparta.package.packaged import SPARTA, PackagedFile
from sparta.package.slice import report, setting, slicing
from sparta.package.slice.modules import Modules
from sparta.package.slice.slicing import Slice, Whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sparta.app.application import Application, Entry
    from sparta.package.report import Report

IMPORTER = "_sparta_slices.py"
FOLDER = "_sparta_sliced"


def sliced(
    application: Application, files: Iterable[PackagedFile], told: Report, *, wanted: bool
) -> dict[str, Slice]:
    """Return the slices of an application; keep them, and the report on them, in `.sparta/`.

    Args:
        application: What was declared.
        files: The files of its archive.
        told: Told how many there are, if there are any.
        wanted: Whether the command line lets functions be sliced; pyproject.toml has a say too.

    Raises:
        PackageError: The setting in pyproject.toml cannot be read.
    """
    folder = application.project / ".sparta" / f"{application.name}-slices"
    if not (setting.wanted(application.project) and wanted):
        shutil.rmtree(folder, ignore_errors=True)
        return {}
    outcomes = outcomes_of(application.entries, files)
    report.keep(outcomes, folder)
    report.tell(outcomes, folder, told)
    return {entry: one for entry, one in outcomes.items() if isinstance(one, Slice)}


def outcomes_of(
    entries: Mapping[str, Entry], files: Iterable[PackagedFile]
) -> dict[str, Slice | Whole]:
    """Return for each function its slice, or why it has none.

    Args:
        entries: Where each function stands, by the name of its entry.
        files: The files of the archive.
    """
    modules = Modules(files)
    found: dict[str, Slice | Whole] = {}
    for entry, place in entries.items():
        module = modules.by_name.get(place.module)
        if module is not None:
            found[entry] = slicing.sliced(module, str(place.path[0]), modules)
    return found


def files_of(slices: Mapping[str, Slice]) -> Iterator[PackagedFile]:
    """Yield the files that slices add to the archive; none if there is no slice."""
    for entry, one in slices.items():
        yield PackagedFile(f"{FOLDER}/{entry}.py", SPARTA, content=one.content)
    if slices:
        importer = native_source.folder() / "shim" / IMPORTER
        yield PackagedFile(IMPORTER, SPARTA, content=importer.read_bytes())
