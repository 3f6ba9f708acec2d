"""`package=`: what is understood, and what is refused, all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sparta.app.application import Declaration, application_of
from sparta.app.function import Function
from sparta.app.image import Image
from sparta.errors import DeclarationError

if TYPE_CHECKING:
    from pathlib import Path


def handler() -> None: ...


function = Function(handler)


def declared(package: Any) -> Declaration:
    return Declaration(
        name="Shop",
        description="",
        functions=(function,),
        api=None,
        resources=(),
        tags={},
        python="3.12",
        architecture="x86_64",
        package=package,
        main_file=__file__,
        declared_at="app.py:9",
    )


def test_the_command_line_goes_before_the_declaration() -> None:
    own = Image(base="mine:1")
    assert application_of(declared("zip")).image is None
    assert isinstance(application_of(declared("image")).image, Image)
    assert application_of(declared(own)).image is own
    assert application_of(declared(own), package="zip").image is None
    assert application_of(declared(own), package="image").image is own
    assert isinstance(application_of(declared("zip"), package="image").image, Image)


def test_what_cannot_be_packaged_is_told_at_once(tmp_path: Path) -> None:
    labels: Any = {"version": 3}
    image = Image(base="two words", dockerfile="Dockerfile", labels=labels)
    with pytest.raises(DeclarationError) as caught:
        application_of(declared(image), project=tmp_path)
    assert [(one.where, one.what) for one in caught.value.problems] == [
        (image.declared_at, "base='two words' is not the name of an image"),
        (image.declared_at, "an image has a base= or a dockerfile=, not both"),
        (image.declared_at, "there is no Dockerfile 'Dockerfile'"),
        (image.declared_at, "label 'version'=3 is not a text for a text"),
    ]
    with pytest.raises(DeclarationError, match="package='tar' is not a way to package"):
        application_of(declared("tar"))


def test_a_dockerfile_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch\n")
    image = Image(dockerfile="Dockerfile")
    assert application_of(declared(image), project=tmp_path).image is image


def test_an_image_has_no_layers() -> None:
    layered = Function(handler, name="layered", dependencies="images")
    with pytest.raises(DeclarationError, match="which an image does not have"):
        application_of(replace(declared("image"), functions=(layered,)))
