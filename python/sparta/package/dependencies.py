"""The third-party files of the archive, installed for the target's platform.

What is installed is kept under `.sparta/cache`, named by the hash of all that decided it, so that
it is made again only when a requirement, a lock or a local project changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sparta.package import cache, dependency_groups, listing, lock, pip, requirements, uv
from sparta.package.installed import files_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.package.packaged import PackagedFile
    from sparta.package.report import Report
    from sparta.package.requirements import Requirements
    from sparta.package.target import Target

BOTO3 = ("boto3", "botocore", "jmespath", "s3transfer")
"""What the managed runtime has; what only they need stays out with them."""
PINS = "pinned.txt"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What decides an installation."""

    requirements: Requirements
    target: Target
    without: tuple[str, ...]
    """Distributions that stay out, and all that only they need."""
    kept: Path
    """Where results are kept."""
    report: Report

    @property
    def key(self) -> str:
        """The hash of all of it."""
        contents = (file.read_bytes() for file in self.requirements.inputs)
        group = (self.requirements.group,) if self.requirements.group else ()
        return cache.key_of(str(self.target), *self.without, *group, *contents)

    def tell(self, message: str, *, installer: str) -> None:
        """Report `message`, with the file that names the dependencies."""
        group = {"Group": self.requirements.group} if self.requirements.group else {}
        self.report(message, File=self.requirements.file.name, **group, Installer=installer)


@dataclass(frozen=True, slots=True)
class Installed:
    """The files of what an application depends on.

    Args:
        base: Those of every function.
        groups: Those that a group adds, by its name as functions write it.
    """

    base: tuple[PackagedFile, ...] = ()
    groups: Mapping[str, tuple[PackagedFile, ...]] = field(
        default_factory=dict[str, "tuple[PackagedFile, ...]"]
    )


def install(
    application: Application, target: Target, report: Report, *, bundle_boto3: bool = False
) -> Installed:
    """Return the files of everything that the application depends on.

    Args:
        application: Its folders are searched for `pyproject.toml` or `requirements.txt`; neither
            means none.
        target: The runtime to install for.
        report: Told when something has to be installed.
        bundle_boto3: Whether boto3 enters although the managed runtime has one.

    Raises:
        PackageError: A dependency has no wheel for the target, the installer failed, or a function
            asks for a group that is not there.
    """
    found = requirements.find(application.root, application.project)
    asked = dependency_groups.asked_for(application)
    wanted_groups = {
        name: dependency_groups.with_group(found, name, at) for name, at in asked.items()
    }
    if found is None:
        return Installed()
    without = ("sparta",) if bundle_boto3 else ("sparta", *BOTO3)
    kept = application.project / ".sparta" / "cache"
    wanted = Wanted(found, target, without, kept, report)
    tool = uv.find()
    base = _by_pip(wanted) if tool is None else _by_uv(tool, wanted)
    files = files_of(base)
    added = {}
    for name, one in wanted_groups.items():
        more = replace(wanted, requirements=one)
        folder = _by_pip(more, base) if tool is None else _by_uv(tool, more, wanted)
        present = {file.path for file in files}
        added[name] = tuple(file for file in files_of(folder) if file.path not in present)
    return Installed(files, added)


def _by_pip(wanted: Wanted, base: Path | None = None) -> Path:
    """Return the folder that pip filled, in agreement with what is in `base`."""
    agreed = pip.versions(base) if base else ""

    def fill(folder: Path) -> None:
        wanted.tell("Installing dependencies", installer="pip")
        pip.install(wanted.requirements, wanted.target, wanted.without, folder, agreed)

    key = cache.key_of("pip", wanted.key, *([agreed] if base else []))
    return cache.entry(wanted.kept / "dependencies", key, fill)


def _by_uv(tool: Path, wanted: Wanted, base: Wanted | None = None) -> Path:
    """Return the folder that uv filled, without what it filled for `base`."""
    agreed = _pins(tool, base) if base else ""
    pins = _pins(tool, wanted, agreed)
    if base:
        pins = uv.added(pins, agreed)

    def fill(folder: Path) -> None:
        if not pins.strip():
            return  # all that was asked for stays out: sparta, boto3
        wanted.tell("Installing dependencies", installer="uv")
        uv.install(tool, wanted.requirements, wanted.target, pins, folder)

    local = _local_keys(pins, wanted.requirements.file.parent)
    return cache.entry(wanted.kept / "dependencies", cache.key_of(wanted.key, pins, *local), fill)


def _pins(tool: Path, wanted: Wanted, agreed: str = "") -> str:
    """Return the exact requirements, as uv resolves them, in agreement with `agreed`."""

    def pin(folder: Path) -> None:
        unchecked = lock.check(wanted.requirements)
        if unchecked:
            wanted.report("Not checked, uv.lock has no hash", Packages=",".join(unchecked))
        wanted.tell("Resolving dependencies", installer="uv")
        text = uv.pinned(tool, wanted.requirements, wanted.target, wanted.without, agreed)
        (folder / PINS).write_text(text, encoding="utf-8")

    key = cache.key_of(wanted.key, agreed) if agreed else wanted.key
    return (cache.entry(wanted.kept / "pinned", key, pin) / PINS).read_text("utf-8")


def _local_keys(pins: str, project: Path) -> list[str]:
    """Return the hash of each local project among the dependencies: its version says nothing."""
    return [
        cache.key_of_files((folder / path for path in listing.of(folder)), folder)
        for folder in uv.local_folders(pins, project).values()
    ]
