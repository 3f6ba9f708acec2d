"""Dependency groups of single functions, with the real uv and the real pip."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import sparta
from sparta.errors import PackageError
from sparta.package import dependencies, lock, uv
from sparta.package.requirements import Requirements
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import MakeApplication, Reports, Wheels

    from sparta.app.application import Application

TARGET = Target("3.12", "x86_64")
GROUPS = '[dependency-groups]\ndev = ["ruff"]\nimages = ["picture", {include-group = "colours"}]\n'
COLOURS = 'colours = ["palette>=1"]\n'


def project(*needs: str) -> str:
    return (
        '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.11"\n'
        f"dependencies = {list(needs)!r}\n"
    )


def draws(group: str) -> tuple[sparta.Function[object, None], ...]:
    return (sparta.Function(lambda: None, name="draw", dependencies=group),)


def owners(installed: dependencies.Installed, group: str) -> tuple[set[str], set[str]]:
    found = installed.groups[group]
    return {file.owner for file in installed.base}, {file.owner for file in found}


@pytest.mark.parametrize("way", ["uv", "pip", "lock"])
def test_a_group_adds_what_only_it_needs(
    make_application: MakeApplication,
    report: Reports,
    wheels: Wheels,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    wheels.add("leaf", "1.0")
    wheels.add("leaf", "2.0")
    wheels.add("picture", requires=["leaf"])
    wheels.add("palette", "1.5")
    wheels.add("ruff")
    text = project("leaf<2") + GROUPS + COLOURS
    application = make_application(
        {"app.py": "", "pyproject.toml": text}, functions=draws("Images")
    )
    tool = uv.find()
    assert tool is not None
    if way == "lock":
        subprocess.run([tool, "lock", "--quiet"], cwd=application.project, check=True)
    if way == "pip":
        monkeypatch.setattr(uv, "find", lambda: None)
    installed = dependencies.install(application, TARGET, report)
    # The leaf of the project agrees with the group's: it is there once.
    assert owners(installed, "Images") == ({"leaf"}, {"picture", "palette"})
    count = len(report.messages)
    assert dependencies.install(application, TARGET, report) == installed
    assert len(report.messages) == count


@pytest.mark.parametrize(
    ("text", "group", "reason"),
    [
        (project() + GROUPS + COLOURS, "sounds", "there is no dependency group 'sounds'"),
        (project() + GROUPS, "images", "holds {'include-group': 'colours'}"),
        (project() + '[dependency-groups]\na = [{include-group = "a"}]\n', "a", "holds"),
        ("", "images", "there is no pyproject.toml that has groups"),
    ],
)
def test_a_group_that_is_not_there_is_an_error(
    make_application: MakeApplication, report: Reports, text: str, group: str, reason: str
) -> None:
    application = make_application({"app.py": "", "pyproject.toml": text}, functions=draws(group))
    with pytest.raises(PackageError) as caught:
        dependencies.install(application, TARGET, report)
    assert reason in str(caught.value)
    assert caught.value.problems[0].where


def test_names_of_groups_are_normalised(application_of_group: Application) -> None:
    assert application_of_group.functions[0].dependencies == "big_images"


@pytest.fixture
def application_of_group(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> Application:
    wheels.add("picture")
    text = project() + '[dependency-groups]\nBig-Images = ["picture"]\n'
    application = make_application(
        {"app.py": "", "pyproject.toml": text}, functions=draws("big_images")
    )
    installed = dependencies.install(application, TARGET, report)
    assert owners(installed, "big_images") == (set(), {"picture"})
    return application


def test_a_lock_that_is_older_than_the_project_is_refused(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    for name in ("leaf", "picture", "palette", "ruff"):
        wheels.add(name)
    text = project("leaf") + GROUPS + COLOURS
    application = make_application({"app.py": "", "pyproject.toml": text})
    tool = uv.find()
    assert tool is not None
    subprocess.run([tool, "lock", "--quiet"], cwd=application.project, check=True)
    dependencies.install(application, TARGET, report)
    newer = project("leaf", "Other_Thing[extra]>=1") + GROUPS.replace('"picture"', '"frames"')
    application = make_application({"pyproject.toml": newer + COLOURS}, functions=draws("images"))
    with pytest.raises(PackageError) as caught:
        dependencies.install(application, TARGET, report)
    (problem,) = caught.value.problems
    assert "does not have other-thing" in problem.what
    assert problem.fix == "run: uv lock"
    application = make_application(
        {"pyproject.toml": newer.replace(", 'Other_Thing[extra]>=1'", "") + COLOURS},
        functions=draws("images"),
    )
    with pytest.raises(PackageError, match="does not have frames"):
        dependencies.install(application, TARGET, report)


def test_packages_without_a_hash_are_named(tmp_path: Path) -> None:
    project_file, lock_file = tmp_path / "pyproject.toml", tmp_path / "uv.lock"
    project_file.write_text(project())
    address = "https://example.invalid/{name}-1-py3-none-any.whl"
    packages = (
        f'[[package]]\nname = "{name}"\nwheels = [{{ url = "{address}"{rest} }}]\n'
        for name, rest in (("leaf", ""), ("picture", ', hash = "sha256:00"'))
    )
    lock_file.write_text("".join(packages))
    requirements = Requirements("lock", project_file, (project_file, lock_file))
    assert lock.check(requirements) == ["leaf"]
    assert lock.check(replace(requirements, kind="project")) == []


def test_a_group_installs_nothing_that_the_project_has() -> None:
    base = "leaf==1.0 \\\n    --hash=sha256:0a \\\n    --hash=sha256:0b\n./shared\n"
    group = f"{base}picture==2.0 \\\n    --hash=sha256:0c\n"
    assert uv.added(group, base).split() == ["picture==2.0", "--hash=sha256:0c"]
    assert uv.added(base, base) == ""
