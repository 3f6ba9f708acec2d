"""Checks sites: there is such a folder, it has files, and a bucket for the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sparta.app.image import Image
from sparta.aws.site import Site
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.application import Declaration
    from sparta.cfn.resource import Resource


def site_problems(declaration: Declaration, resources: Iterable[Resource]) -> Iterator[Problem]:
    """Yield everything that is wrong with the sites among `resources`."""
    for resource in resources:
        if not isinstance(resource, Site):
            continue
        place, given = resource.declared_at, resource.folder
        if isinstance(declaration.package, Image) or declaration.package == "image":
            what = f"{resource.logical_id}: a site is not uploaded where the package is an image"
            yield Problem(what, where=place, fix='use package="zip"')
        folder = site_folder(declaration.main_file, resource)
        if folder is None or not folder.is_dir():
            what = f"{resource.logical_id}: there is no folder {given!r}"
            fix = f"give its path relative to {Path(declaration.main_file).parent}"
            yield Problem(what, where=place, fix=fix)
        elif not any(file.is_file() for file in folder.rglob("*")):
            yield Problem(f"{resource.logical_id}: the folder {given!r} has no file", where=place)


def site_folder(app_file: str | Path, site: Site) -> Path | None:
    """Return the folder of a site; None where none is named."""
    folder: object = site.folder
    if not isinstance(folder, str) or not folder:
        return None
    return Path(app_file).resolve().parent / folder
