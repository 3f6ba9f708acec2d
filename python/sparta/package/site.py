"""Sites: the files of a folder in an archive of their own, named by its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.app.validate_site import site_folder
from sparta.aws.site import Site
from sparta.errors import PackageError, Problem
from sparta.package import archive
from sparta.package.packaged import APPLICATION, PackagedFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.package.packaged import Package

LEFT_OUT = frozenset({".DS_Store", ".git"})


def sites(application: Application) -> dict[str, Package]:
    """Return the archive of each site, by the parameter of the template that takes its key.

    Raises:
        PackageError: A file leads out of its folder.
    """
    stamps = application.project / ".sparta" / "cache" / "archives"
    made = {}
    for resource in application.resources:
        folder = site_folder(application.app_file, resource) if isinstance(resource, Site) else None
        if isinstance(resource, Site) and folder is not None:
            name = f"{application.name}-{resource.logical_id}-site.zip"
            path = application.project / ".sparta" / name
            found = archive.write(_files(folder), path, kept=stamps)
            made[resource.key_parameter] = found
    return made


def _files(folder: Path) -> Iterator[PackagedFile]:
    root = folder.resolve()
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if LEFT_OUT & set(inside.parts) or not file.is_file():
            continue
        if not file.resolve().is_relative_to(root):
            what = f"the symbolic link leads out of the site, to {file.resolve()}"
            raise PackageError.of([Problem(what, where=str(file), fix="copy what it points at")])
        yield PackagedFile(inside.as_posix(), APPLICATION, source=file)
