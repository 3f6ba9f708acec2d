"""Builds the image with docker's engine and names it by its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package.builders.docker import PLATFORMS, reason_not_to
from sparta.package.image.context import write_context
from sparta.package.image.dockerfile import base_image, dockerfile_of
from sparta.package.image.engine import docker

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.package.packaged import Package
    from sparta.package.report import Report

IMAGE_LIMIT_BYTES = 10 * 1024**3
"""Uncompressed, all layers. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
_TAG_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class BuiltImage:
    """An image in this machine's engine.

    Args:
        reference: `sparta/<service>:<tag>`, as `docker run` takes it.
        tag: Made of its content: base image, Dockerfile, files, labels.
        size_bytes: Of all its layers, uncompressed.
    """

    reference: str
    tag: str
    size_bytes: int


def context_path(application: Application) -> Path:
    """Return the folder that the image is built from: `.sparta/<service>-image`."""
    return application.project / ".sparta" / f"{application.name}-image"


def build_image(application: Application, package: Package, report: Report) -> BuiltImage:
    """Build the image of an application; the same content gets the same tag on every machine.

    Args:
        application: What was declared; its `image` is not None.
        package: What goes into it.
        report: Told what is built, and how large it became.

    Raises:
        BuildError: There is no engine, the Dockerfile fails, or the image is over Lambda's limit.
    """
    reason = reason_not_to()
    if reason:
        fix = 'start docker, or package="zip" (--package zip), which needs no engine'
        raise BuildError(f"the image cannot be built: {reason}", fix=fix)
    folder = context_path(application)
    write_context(application, package, folder)
    labels = _labels(application, package)
    name = f"sparta/{application.name.lower()}"
    report("Building container image", Name=name, Files=len(package.files), Path=folder)
    _build(application, folder, name, labels)
    tag = _tag(application, package, labels)
    docker(["tag", f"{name}:latest", f"{name}:{tag}"])
    size_bytes = int(docker(["image", "inspect", "--format={{.Size}}", f"{name}:{tag}"]))
    if size_bytes > IMAGE_LIMIT_BYTES:
        what = f"the image is {size_bytes / 1024**3:.1f} GB, Lambda takes 10 GB"
        raise BuildError(what, where=f"{name}:{tag}", fix="take a smaller base, or copy less")
    return BuiltImage(f"{name}:{tag}", tag, size_bytes)


def _labels(application: Application, package: Package) -> dict[str, str]:
    image = application.image
    return {
        "org.opencontainers.image.title": application.name,
        "org.opencontainers.image.description": application.description,
        "org.opencontainers.image.version": package.sha256,
        **(image.labels if image else {}),
    }


def _build(application: Application, folder: Path, name: str, labels: dict[str, str]) -> None:
    words = [
        "build",
        f"--platform={PLATFORMS[application.architecture]}",
        f"--tag={name}:latest",
        *(f"--label={key}={value}" for key, value in sorted(labels.items())),
        f"--file={folder / 'Dockerfile'}",
        str(folder),
    ]
    # Lambda takes an image of one platform, without the attestations that newer engines add.
    docker(words, {"BUILDX_NO_DEFAULT_ATTESTATIONS": "1"})


def _tag(application: Application, package: Package, labels: dict[str, str]) -> str:
    """Return the name of the content; a base that moved on, under the same name, is another."""
    base = base_image(application)
    base_id = docker(["image", "inspect", "--format={{.Id}}", base]) if base else ""
    parts = (
        package.sha256.encode(),
        dockerfile_of(application),
        base_id.encode(),
        application.architecture.encode(),
        repr(sorted(labels.items())).encode(),
    )
    joined = b"".join(b"%d:%s" % (len(part), part) for part in parts)
    return hashlib.sha256(joined).hexdigest()[:_TAG_CHARACTERS]
