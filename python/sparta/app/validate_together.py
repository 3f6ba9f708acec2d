"""Checks what options of one function say together: what Lambda does not combine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.limits import EPHEMERAL_STORAGE_MB

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST_WITH_SNAP_START = (3, 12)
"""Source: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html"""


def conflicts(
    given: Mapping[str, Any], python: str, dependencies: object = ""
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong and what to do about it.

    Args:
        given: The options by name, none of them checked yet.
        python: The application's minor version.
        dependencies: The function's dependency group.
    """
    ready, reserved = given.get("provisioned_concurrency"), given.get("reserved_concurrency")
    if isinstance(ready, int) and isinstance(reserved, int) and ready > reserved:
        what = f"provisioned_concurrency={ready} above reserved_concurrency={reserved}"
        yield what, "reserve at least as many as are kept ready"
    if "file_system" in given and "vpc" not in given:
        yield "file_system= without vpc=", "add vpc=sparta.Vpc(...): file systems are in one"
    own = [name for name in ("architecture", "python") if name in given]
    if own and dependencies:
        fix = "leave one of the two out: an archive of its own has no layers beside it"
        yield f"dependencies={dependencies!r} beside {own[0]}=", fix
    if given.get("snap_start") is True:
        yield from _with_snap_start(given, str(given.get("python", python)))


def _with_snap_start(given: Mapping[str, Any], python: str) -> Iterator[tuple[str, str]]:
    if tuple(int(part) for part in python.split(".") if part.isdigit()) < FIRST_WITH_SNAP_START:
        yield f"snap_start=True on Python {python}", "SnapStart takes 3.12 and later"
    for name in ("provisioned_concurrency", "file_system"):
        if name in given:
            what = f"snap_start=True beside {name}="
            yield what, "Lambda has no snapshots of such functions: leave one of the two out"
    size_mb, most_mb = given.get("ephemeral_storage_mb"), EPHEMERAL_STORAGE_MB.start
    if isinstance(size_mb, int) and size_mb > most_mb:
        what = f"snap_start=True beside ephemeral_storage_mb={size_mb}"
        yield what, f"Lambda has no snapshots of functions with more than {most_mb} MB of /tmp"
