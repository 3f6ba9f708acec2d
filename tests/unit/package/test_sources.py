from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from sparta.app.application import Entry
from sparta.errors import PackageError
from sparta.package import listing, sources

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import MakeApplication

    from sparta.package.packaged import PackagedFile

APP = {"app.py": "def hello(): ...\n"}


def paths(files: tuple[PackagedFile, ...]) -> list[str]:
    return [file.path for file in files]


@pytest.fixture(params=["git", "walk"])
def listed_by(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Make the project a git checkout, or not."""
    way: str = request.param
    if way == "git":
        if shutil.which("git") is None:
            pytest.skip("git is not installed")
        subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return way


def test_everything_under_the_root_enters_but_what_is_left_out(
    make_application: MakeApplication, listed_by: str
) -> None:
    application = make_application(
        APP
        | {
            "orders/__init__.py": "",
            "orders/rules.json": "{}",
            "orders/tests/test_rules.py": "",
            "tests/conftest.py": "",
            "test_app.py": "",
            "conftest.py": "",
            "__pycache__/app.cpython-311.pyc": "",
            ".env": "SECRET=1",
            ".env.production": "SECRET=1",
            ".sparta/Shop-code.zip": "",
            "env/pyvenv.cfg": "",
            "env/lib/site.py": "",
            "node_modules/left/pad.js": "",
            "shop.egg-info/PKG-INFO": "",
            "logs/today.log": "",
            "build/out.txt": "",
            "build/keep.txt": "",
            ".gitignore": ".env*\n*.log\nbuild/*\n!build/keep.txt\n",
        }
    )
    assert (listing.by_git(application.root) is not None) == (listed_by == "git")
    assert paths(sources.select(application)) == [
        "app.py",
        "build/keep.txt",
        "orders/__init__.py",
        "orders/rules.json",
    ]


def test_tracked_files_that_were_deleted_do_not_enter(
    make_application: MakeApplication, tmp_path: Path
) -> None:
    application = make_application(APP | {"gone.py": ""})
    for words in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    (tmp_path / "gone.py").unlink()
    assert paths(sources.select(application)) == ["app.py"]


def test_an_ignored_root_is_read_without_git(
    make_application: MakeApplication, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    application = make_application({".gitignore": "made/\n", "made/app.py": ""}, root="made")
    assert paths(sources.select(application)) == ["app.py"]


def test_only_the_root_enters(make_application: MakeApplication) -> None:
    files = {
        "pyproject.toml": "",
        "services/orders/src/orders/app.py": "",
        "services/orders/src/orders/__init__.py": "",
        "services/orders/src/shared/__init__.py": "",
        "services/orders/pyproject.toml": "",
        "services/billing/app.py": "",
    }
    application = make_application(files, root="services/orders/src", module="orders.app")
    assert paths(sources.select(application)) == [
        "orders/__init__.py",
        "orders/app.py",
        "shared/__init__.py",
    ]


def test_reserved_names_are_all_refused_at_once(make_application: MakeApplication) -> None:
    application = make_application(
        APP | {"index.py": "", "bootstrap": "", "_sparta.so": "", "sparta/extra.py": ""}
    )
    with pytest.raises(PackageError) as caught:
        sources.select(application)
    assert [problem.what for problem in caught.value.problems] == [
        "the name '_sparta' is taken by a file that Sparta adds",
        "the name 'bootstrap' is taken by a file that Sparta adds",
        "the name 'index' is taken by a file that Sparta adds",
        "the name 'sparta' is taken by a file that Sparta adds",
    ]
    assert caught.value.problems[2].where == str(application.root / "index.py")


def test_files_that_only_look_reserved_enter(make_application: MakeApplication) -> None:
    application = make_application(APP | {"index.html": "", "pages/index.py": ""})
    assert paths(sources.select(application)) == ["app.py", "index.html", "pages/index.py"]


@pytest.mark.usefixtures("listed_by")
def test_a_link_out_of_the_root_is_refused_and_one_within_is_followed(
    make_application: MakeApplication, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    application = make_application(
        APP | {"rules/one.json": "{}", "shared/__init__.py": ""}, project=project
    )
    (tmp_path / "secrets.txt").write_text("x")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "key.txt").write_text("x")
    (project / "alias.json").symlink_to("rules/one.json")
    (project / "common").symlink_to("shared")
    names = paths(sources.select(application))
    assert names == [
        "alias.json",
        "app.py",
        "common/__init__.py",
        "rules/one.json",
        "shared/__init__.py",
    ]
    (project / "leak.txt").symlink_to("../secrets.txt")
    (project / "folder").symlink_to("../outside")
    with pytest.raises(PackageError) as caught:
        sources.select(application)
    assert {problem.where for problem in caught.value.problems} == {
        str(application.root / "leak.txt"),
        str(application.root / "folder"),
    }


@pytest.mark.usefixtures("listed_by")
def test_a_folder_that_links_to_its_parent_ends(
    make_application: MakeApplication, tmp_path: Path
) -> None:
    application = make_application(APP | {"inner/one.py": ""})
    (tmp_path / "inner" / "loop").symlink_to("..")
    names = paths(sources.select(application))
    assert {"app.py", "inner/one.py"} <= set(names)
    assert len(names) < 10


def test_a_function_in_a_module_that_stays_out_is_refused(
    make_application: MakeApplication,
) -> None:
    application = make_application(
        APP | {"test_shop.py": ""},
        entries={"a": Entry("app", ("a",)), "b": Entry("test_shop", ("b",))},
    )
    with pytest.raises(PackageError, match="the module test_shop holds a function") as caught:
        sources.select(application)
    assert len(caught.value.problems) == 1


def test_the_executable_bit_is_kept(make_application: MakeApplication, tmp_path: Path) -> None:
    application = make_application(APP | {"tool": "#!/bin/sh\n"})
    (tmp_path / "tool").chmod(0o755)
    (tmp_path / "app.py").chmod(0o600)
    modes = {file.path: file.executable for file in sources.select(application)}
    assert modes == {"app.py": False, "tool": True}
