"""Application in, Package out: everything that reaches Lambda, in one archive."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from math import inf
from typing import TYPE_CHECKING

from sparta.app.crate import crate_of
from sparta.app.door import doors
from sparta.app.layers import BASE_LAYER, layers_of
from sparta.errors import BuildError
from sparta.package import (
    archive,
    built_in,
    bytecode,
    check_files,
    dependencies,
    handler_door,
    join,
    layers,
    native_source,
    shim,
    sizes,
    sources,
    wrapper_crate,
)
from sparta.package.build_log import BuildLog
from sparta.package.builders.options import Options
from sparta.package.cfn_services import services_named
from sparta.package.exported import export_problems
from sparta.package.generate import generate
from sparta.package.hooked import hooked
from sparta.package.index import build_id_of, index_of
from sparta.package.library import library_for
from sparta.package.named import names_mentioned
from sparta.package.packaged import SPARTA, Package, PackagedFile
from sparta.package.settings import settings_of
from sparta.package.slice import archived
from sparta.package.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.package.report import Report

__all__ = ["Package", "PackagedFile", "archive_path", "collect"]


def archive_path(application: Application) -> Path:
    """Return where the archive goes: `.sparta/<service>-code.zip` in the project."""
    return application.project / ".sparta" / f"{application.name}-code.zip"


def begun(application: Application, report: Report) -> BuildLog:
    """Begin the log of a run, and run the project's generator.

    Raises:
        PackageError: The generator failed.
    """
    log = BuildLog(application.project / ".sparta" / "build.log")
    generate(application.project, report, log)
    return log


def collect(
    application: Application,
    *,
    report: Report,
    options: Options | None = None,
    bundle_boto3: bool = False,
    sliced: bool = True,
    with_layers: bool = True,
    added: Callable[[], Mapping[str, bytes]] = dict,
    log: BuildLog | None = None,
    output: Path | None = None,
) -> Package:
    """Make the archive of an application.

    Args:
        application: What was declared.
        report: Told what is done.
        options: How the native library is got, when the runtime is native; "auto" if not given.
        bundle_boto3: Whether boto3 enters although the managed runtime has one.
        sliced: Whether functions may get slices of their modules, see `slice`; `[tool.sparta]
            slice = false` turns it off too.
        added: Called when everything is built; returns further files by their path.
        with_layers: Whether large dependencies may get a layer.
        log: The run's; one that `begun` returned if not given.
        output: The ZIP file to make; `archive_path(application)` if not given.

    Raises:
        PackageError: The archive cannot be made; with what is in the way and the way out.
    """
    log = log or begun(application, report)
    target = Target(application.python, application.architecture)
    kept = application.project / ".sparta" / "cache"
    settings = settings_of(application.project)
    own = sources.select(application)
    installed = dependencies.install(application, target, report, bundle_boto3=bundle_boto3)
    common = [*own, *installed.base]
    every = chain(common, *installed.groups.values())
    check_files.check(every, target, settings.allow_libraries)
    # An image has no layers: what would be in them stands beside the code.
    over_mb = settings.layer_over_mb if with_layers and not application.image else inf
    beside, layered = layers.divided(installed, over_mb)
    files = [
        *own,
        *beside,
        *runtime_files([*common, *chain(*installed.groups.values())]),
        *built_in.provider_files(application),
    ]
    if application.runtime == "native":
        built = _library(application, target, options or Options(), report, log)
        files += [shim.bootstrap(target), shim.library(built)]
        files += shim.modules(doors(application))
        if "handler" in doors(application):
            files += handler_door.backend(target, common, kept, report)
    files += hooked(added(), files)
    # What is in the layer of every function is known to slices as if it stood beside the code.
    seen = [*files, *layered.get(BASE_LAYER, ())]
    slices = archived.sliced(application, seen, report, wanted=sliced)
    files += archived.files_of(slices)
    build_id = build_id_of(files)
    named = names_mentioned(files)
    files.append(index_of(application.entries, build_id, named, slices))
    compiled, notes = bytecode.compiled(files, target, kept / "bytecode")
    path = output or archive_path(application)
    report("Creating code ZIP archive for upload", Name=path.name, Files=len(files), Build=build_id)
    files += compiled
    whole = {name: layers.complete(found, target, kept) for name, found in layered.items()}
    if not application.image:
        _check_sizes(application, files, whole)
    stamps = kept / "archives"
    written = {
        name: archive.write(found, layers.place_of(path, name), kept=stamps)
        for name, found in whole.items()
    }
    return replace(archive.write(files, path, notes=notes, kept=stamps), layers=written)


def _check_sizes(
    application: Application,
    files: Iterable[PackagedFile],
    layered: Mapping[str, tuple[PackagedFile, ...]],
) -> None:
    """Check each combination of the code and layers that a function has."""
    together = {tuple(layers_of(function, layered)) for function in application.functions} or {()}
    for names in sorted(together):
        found = chain(files, *(layered[name] for name in names))
        sizes.check(found, " + ".join(("code", *names)))


def _library(
    application: Application, target: Target, options: Options, report: Report, log: BuildLog
) -> Path:
    """Return the native library, with the functions in Rust where the application has any."""
    crate = crate_of(application.functions)
    if crate is None:
        return library_for(target, options, report, log)
    source = wrapper_crate.written(crate, application.project)
    built = library_for(target, options, report, log, source)
    problems = list(export_problems(application, built))
    if problems:
        raise BuildError.of(problems)
    return built


def runtime_files(files: Iterable[PackagedFile]) -> tuple[PackagedFile, ...]:
    """Return Sparta's own run-time code: `sparta/__init__.py` and what it loads when asked.

    Args:
        files: The other files in Python; the services of `sparta.cfn` that they import come along.
    """
    found = join.joined(native_source.PACKAGE, services_named(files))
    return tuple(
        PackagedFile(path, SPARTA, content=source.encode()) for path, source in found.items()
    )
