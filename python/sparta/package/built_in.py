"""The code of Sparta's own providers: in the archive where an application has such resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.app.built_in import BUILT_IN_ENTRY
from sparta.package import native_source
from sparta.package.packaged import SPARTA, PackagedFile

if TYPE_CHECKING:
    from sparta.app.application import Application

PROVIDERS = "providers"
"""The package, within `sparta`."""


def provider_files(application: Application) -> tuple[PackagedFile, ...]:
    """Return the modules of `sparta.providers`; none where nothing of them is used."""
    if BUILT_IN_ENTRY not in application.entries.values():
        return ()
    files = sorted((native_source.PACKAGE / PROVIDERS).glob("*.py"))
    return tuple(
        PackagedFile(f"sparta/{PROVIDERS}/{file.name}", SPARTA, content=file.read_bytes())
        for file in files
    )
