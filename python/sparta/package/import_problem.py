"""Turns what went wrong in an import into problems with the user's own file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.errors import Problem
from sparta.package.packaged import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sparta.app.application import Application
    from sparta.package.packaged import Package

OUTSIDE = ("builtins.ConnectionError", "builtins.TimeoutError", "socket.gaierror")
"""Errors that say something of this machine's network, and nothing of the archive."""
_GUARDED = (
    'define it where an import finds it, outside of `if __name__ == "__main__":`; '
    "or give --no-import-check"
)
OUTSIDE_PACKAGES = ("botocore.exceptions.", "urllib3.exceptions.", "requests.exceptions.")


def unclear(failure: Mapping[str, Any]) -> bool:
    """Say whether a failure comes from what is not here: AWS, a network, a later glibc."""
    return "`GLIBC_" in failure["text"] or any(
        base in OUTSIDE or base.startswith(OUTSIDE_PACKAGES) for base in failure["bases"]
    )


def problems_of(
    application: Application,
    package: Package,
    failures: Iterable[Mapping[str, Any]],
    root: Path,
) -> list[Problem]:
    """Return one problem for each line that fails, with the functions that it keeps from starting.

    Args:
        application: What was imported.
        package: Its archive.
        failures: What `import_worker` answered.
        root: The folder that the archive was unpacked into.
    """
    own = {file.path: file.source for file in package.files if file.owner == APPLICATION}
    declared = {function.entry_name: function for function in application.functions}
    found: dict[tuple[str, str, str], list[str]] = {}
    for failure in failures:
        where = _place(failure["frames"], own, root, application.root)
        absent = not where and failure["kind"] == "AttributeError"
        fix = _GUARDED if absent else _fix(failure, own)
        where = where or declared[failure["entries"][0]].declared_at
        text = failure["text"].splitlines()[0] if failure["text"] else ""
        what = f"{failure['kind']}: {text}" if failure["kind"] else text
        key = (where, what, fix)
        found.setdefault(key, []).extend(declared[entry].name for entry in failure["entries"])
    return [
        Problem(f"{', '.join(sorted(names))} cannot start in Lambda: {what}", where=where, fix=fix)
        for (where, what, fix), names in sorted(found.items())
    ]


def _place(
    frames: Iterable[tuple[str, int]],
    own: Mapping[str, Path | None],
    root: Path,
    application_root: Path,
) -> str:
    """Return the last of the frames that is in the user's own code; empty when none is."""
    place = ""
    for file, line in frames:
        for top in (root, root.resolve(), Path("/var/task")):
            path = Path(file)
            if path.is_relative_to(top) and (name := path.relative_to(top).as_posix()) in own:
                place = f"{own[name] or application_root / name}:{line}"
    return place


def _fix(failure: Mapping[str, Any], own: Mapping[str, Path | None]) -> str:
    missing = failure["missing"]
    if missing is None:
        return "correct it, or give --no-import-check if Lambda has what is missing here"
    top = str(missing).partition(".")[0]
    if any(path.startswith((f"{top}/", f"{top}.py")) for path in own):
        return "the file does not enter: tests, names with a dot and what .gitignore lists stay out"
    return (
        f"add what brings {top!r} to the project's dependencies, or to the dependency group of the "
        "function; give --no-import-check if a layer of yours has it"
    )
