"""What an image is built from: the Dockerfile, and files with fixed times and modes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.app.image import Image
from sparta.errors import BuildError
from sparta.package.image import build_image
from sparta.package.image.context import FIXED_TIME_S, write_context
from sparta.package.image.dockerfile import base_image, dockerfile_of
from sparta.package.packaged import Package, PackagedFile

if TYPE_CHECKING:
    from tests.unit.package.conftest import MakeApplication, Reports

FILES = (
    PackagedFile("bootstrap", "sparta", content=b"#!/bin/sh\n", executable=True),
    PackagedFile("shop/app.py", "application", content=b"x = 1\n"),
)
PACKAGE = Package(Path("none"), "ab" * 32, 1, 1, FILES)


def test_the_base_is_awss_own_unless_it_is_named(make_application: MakeApplication) -> None:
    made = make_application({}, image=Image(), python="3.13", architecture="arm64")
    assert base_image(made) == "public.ecr.aws/lambda/python:3.13-arm64"
    assert b"FROM public.ecr.aws/lambda/python:3.13-arm64\n" in dockerfile_of(made)
    own = replace(made, image=Image(base="mine:1"))
    assert b"FROM mine:1\nCOPY code/ /var/task/\n" in dockerfile_of(own)


def test_the_context_is_the_same_each_time(
    make_application: MakeApplication, tmp_path: Path
) -> None:
    made = make_application({}, image=Image())
    folder = tmp_path / ".sparta" / "Shop-image"
    write_context(made, PACKAGE, folder)
    (folder / "code" / "left over.py").touch()
    write_context(made, PACKAGE, folder)
    found = {
        str(path.relative_to(folder)): (oct(path.stat().st_mode & 0o777), path.stat().st_mtime)
        for path in (folder / "code", *(folder / "code").rglob("*"))
    }
    assert found == {
        "code": ("0o755", FIXED_TIME_S),
        "code/bootstrap": ("0o755", FIXED_TIME_S),
        "code/shop": ("0o755", FIXED_TIME_S),
        "code/shop/app.py": ("0o644", FIXED_TIME_S),
    }
    assert [path.name for path in folder.parent.iterdir()] == ["Shop-image"]


def test_a_dockerfile_of_ones_own_is_taken_as_it_is(make_application: MakeApplication) -> None:
    text = "FROM mine:1\nCOPY code/ /var/task/\n"
    made = make_application({"Dockerfile": text}, image=Image(dockerfile="Dockerfile"))
    assert dockerfile_of(made) == text.encode()
    assert base_image(made) == ""


def test_what_docker_says_is_shown_once_and_without_secrets(
    make_application: MakeApplication,
    report: Reports,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = make_application({}, image=Image())
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text('#!/bin/sh\n[ "$1" = version ] && exit 0\necho "no $SPARTA_TOKEN"\nexit 1\n')
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{docker.parent}:/usr/bin:/bin")
    monkeypatch.setenv("SPARTA_TOKEN", "hush-7f3a91")
    with pytest.raises(BuildError, match="`docker build` failed") as caught:
        build_image(made, PACKAGE, report)
    assert caught.value.problems[0].fix == "docker says:\nno ***"
