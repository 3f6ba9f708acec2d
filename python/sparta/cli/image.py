"""The step of the pipeline that makes a container image, for applications that are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.deploy.image import ImagePush
from sparta.deploy.sizes import humanised
from sparta.errors import DeployError
from sparta.package.image import build_image, context_path, reason_not_to, write_context

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.cli.console import Console
    from sparta.deploy.aws import Aws
    from sparta.deploy.stopwatch import Stopwatch
    from sparta.package import Package
    from sparta.package.image import BuiltImage

_STEP = "Building container image"


def image_for(
    repository: str,
    aws: Aws,
    *,
    application: Application,
    package: Package,
    console: Console,
    watch: Stopwatch,
) -> ImagePush:
    """Build the image, and say where it goes.

    Args:
        repository: The name of an ECR repository.
        aws: Where that is.
        application: What was declared.
        package: What goes into the image.
        console: Told what happens.
        watch: Gets a step.

    Raises:
        BuildError: The image cannot be built.
        DeployError: There is no such repository.
    """
    built = _build(application, package, console, watch)
    found = aws.repositories.find(repository)
    if found is None:  # deleted since it was verified
        raise DeployError(f"The ECR repository {repository} is gone")
    return ImagePush(built.reference, built.tag, found)


def image_if_possible(
    application: Application, package: Package, console: Console, watch: Stopwatch
) -> None:
    """Build the image where there is an engine; else keep what it would be built from."""
    reason = reason_not_to()
    if not reason:
        _build(application, package, console, watch)
        return
    folder = context_path(application)
    write_context(application, package, folder)
    console.warn(f"The image is not built: {reason}", Kept=folder)


def _build(
    application: Application, package: Package, console: Console, watch: Stopwatch
) -> BuiltImage:
    with watch.step(_STEP):
        built = build_image(application, package, console)
    console("Container image size", Size=humanised(built.size_bytes), Tag=built.tag)
    return built
