"""What the archive holds for the `handler` door, beside the shim: one file of cffi.

`_cffi_backend` is not on Lambda. Its one file is taken out of a pinned wheel, for the function's
Python and processor; pip and uv check the wheel against the hashes in `requirements/handler.txt`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sparta.package import cache, pip, uv
from sparta.package.packaged import PackagedFile
from sparta.package.requirements import Requirements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.package.report import Report
    from sparta.package.target import Target

PINNED = Path(__file__).parent / "requirements" / "handler.txt"
BACKEND = "_cffi_backend."
OWNER = "cffi"


def backend(
    target: Target, present: Iterable[PackagedFile], kept: Path, report: Report
) -> tuple[PackagedFile, ...]:
    """Return the file of `_cffi_backend`; none where the application's own cffi brings it.

    Args:
        target: The runtime to take it for.
        present: The files that the application brings.
        kept: Where what was fetched is kept.
        report: Told when it has to be fetched.

    Raises:
        PackageError: The wheel cannot be had, or its hash is another.
    """
    if any(file.path.startswith(BACKEND) for file in present):
        return ()
    requirements = Requirements("text", PINNED, (PINNED,))
    text = PINNED.read_text(encoding="utf-8")

    def fill(folder: Path) -> None:
        report("Installing what the handler door needs", Package=OWNER)
        tool = uv.find()
        if tool is None:
            pip.install_exactly(requirements, target, folder)
        else:
            uv.install(tool, requirements, target, text, folder)

    folder = cache.entry(kept / "handler", cache.key_of(str(target), text), fill)
    return tuple(
        PackagedFile(file.name, OWNER, source=file, executable=True)
        for file in sorted(folder.glob(f"{BACKEND}*so"))
    )
