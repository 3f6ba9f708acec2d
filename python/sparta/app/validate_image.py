"""Checks how an application is packaged as a container image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.image import Image
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sparta.app.application import Declaration
    from sparta.app.function import Function


_WITHOUT_IMAGE = ("architecture", "layers", "python", "snap_start")
"""One image is for one Python and processor; layers and snapshots are for archives.
Source: https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html"""


def image_problems(declaration: Declaration, project: Path) -> Iterator[Problem]:
    """Yield what is wrong with `package=` of `sparta.main`.

    Args:
        declaration: The arguments of `sparta.main`.
        project: The folder that a Dockerfile is relative to.
    """
    package: object = declaration.package
    if package in ("zip", "image"):
        return
    if not isinstance(package, Image):
        yield Problem(
            f"package={package!r} is not a way to package",
            where=declaration.declared_at,
            fix='use "zip", "image" or a sparta.Image',
        )
        return
    yield from _option_problems(package, project)


def function_option_problems(functions: Iterable[Function[Any, Any]]) -> Iterator[Problem]:
    """Yield a problem for each option of a function that an image does not take."""
    for function in functions:
        for option in _WITHOUT_IMAGE:
            if function.options.get(option):
                yield Problem(
                    f"{option}= of {function.name!r} does not go with an image",
                    where=function.declared_at,
                    fix='leave it out, or use package="zip"',
                )
        if function.dependencies:
            yield Problem(
                f"dependencies={function.dependencies!r} is a layer, which an image does not have",
                where=function.declared_at,
                fix='make them dependencies of the project, or package="zip"',
            )


def _option_problems(image: Image, project: Path) -> Iterator[Problem]:
    place = image.declared_at
    base: object = image.base
    if base is not None and (not isinstance(base, str) or not base or set(base) & set(" \t\n")):
        yield Problem(f"base={base!r} is not the name of an image", where=place)
    if image.base is not None and image.dockerfile is not None:
        yield Problem(
            "an image has a base= or a dockerfile=, not both",
            where=place,
            fix="name the base by FROM in the Dockerfile",
        )
    dockerfile: object = image.dockerfile
    if dockerfile is not None and not (
        isinstance(dockerfile, str) and (project / dockerfile).is_file()
    ):
        yield Problem(
            f"there is no Dockerfile {dockerfile!r}",
            where=place,
            fix=f"give its path relative to {project}",
        )
    labels: dict[Any, Any] = image.labels
    for name, value in labels.items():
        if not (isinstance(name, str) and name and isinstance(value, str)):
            yield Problem(f"label {name!r}={value!r} is not a text for a text", where=place)
