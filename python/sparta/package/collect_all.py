"""Every archive of an application: mostly one, else one for each Python and processor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sparta.app.targets import CODE_KEY, archived_as, code_keys
from sparta.package.collect import archive_path, begun, collect
from sparta.package.site import sites

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.package.packaged import Package


def collect_all(application: Application, **how: Any) -> Package:  # noqa: ANN401 - of `collect`
    """Make the archives of an application; only its own may have layers beside it.

    Args:
        application: What was declared.
        how: The keywords of `collect`, but for `with_layers`, `log` and `output`.

    Returns:
        The first archive; the others are its `others`.

    Raises:
        PackageError: An archive cannot be made.
    """
    how = {**how, "log": begun(application, how["report"])}
    packages = [_collected(application, key, how) for key in code_keys(application) or (CODE_KEY,)]
    return replace(packages[0], others=tuple(packages[1:]), sites=sites(application))


def _collected(application: Application, key: str, how: dict[str, Any]) -> Package:
    part = archived_as(application, key)
    output = archive_path(application) if key == CODE_KEY else _path(part)
    made = collect(part, **how, with_layers=key == CODE_KEY, output=output)
    return replace(made, parameter=key)


def _path(part: Application) -> Path:
    name = f"{part.name}-{part.architecture}-{part.python}-code.zip"
    return archive_path(part).with_name(name)
