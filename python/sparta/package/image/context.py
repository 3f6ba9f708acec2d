"""What an image is built from: a folder with a Dockerfile and the package's files, fixed times."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.package.image.dockerfile import CODE, dockerfile_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.app.application import Application
    from sparta.package.packaged import Package, PackagedFile

FIXED_TIME_S = 315_532_800
"""1980-01-01: equal files make equal layers, and equal archives."""


def write_context(application: Application, package: Package, folder: Path) -> None:
    """Write the folder anew; it is replaced whole or not at all.

    Args:
        application: It says which Dockerfile.
        package: Its files become `code/`.
        folder: Where; what stands there is removed.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        (new / "Dockerfile").write_bytes(dockerfile_of(application))
        _write_files(package.files, new / CODE)
        new.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        new.replace(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write_files(files: Iterable[PackagedFile], code: Path) -> None:
    code.mkdir()
    for file in files:
        path = code / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read())
        path.chmod(0o755 if file.executable else 0o644)
        os.utime(path, (FIXED_TIME_S, FIXED_TIME_S))
    for name, _folders, _files in os.walk(code, topdown=False):
        Path(name).chmod(0o755)
        os.utime(name, (FIXED_TIME_S, FIXED_TIME_S))
