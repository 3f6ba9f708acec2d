"""The step of the pipeline that makes the archives and layers, and tells what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.app.targets import archived_as
from sparta.deploy.sizes import humanised
from sparta.package import collect_all, import_check

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sparta.cli.console import Console
    from sparta.cli.pipeline import Build
    from sparta.deploy.stopwatch import Stopwatch
    from sparta.package import Package


def packaged(
    build: Build,
    console: Console,
    watch: Stopwatch,
    added: Callable[[], Mapping[str, bytes]] = dict,
) -> Package:
    """Make the archives and their layers, and check that every function can be imported.

    Args:
        build: What is deployed, and how.
        console: Told what happens.
        watch: Gets the steps.
        added: Called when everything is built; returns further files by their path.

    Raises:
        PackageError: An archive cannot be made.
    """
    with watch.step("Creating code bundle"):
        package = collect_all(
            build.application,
            report=console,
            options=build.options,
            bundle_boto3=build.bundle_boto3,
            sliced=build.sliced,
            added=added,
        )
    every = (package, *package.others)
    notes = [note for each in every for note in each.notes]
    if build.check_imports:
        with watch.step("Checking imports"):
            for each in every:
                part = archived_as(build.application, each.parameter)
                notes += import_check.check(part, each, console)
    for note in notes:
        console.warn(note)
    for each in every:
        console("Lambda code archive size", Size=humanised(each.size_bytes))
    for name, layer in package.layers.items():
        console("Lambda layer size", Layer=name, Size=humanised(layer.size_bytes))
    return package
