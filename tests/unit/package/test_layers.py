from __future__ import annotations

import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

import sparta
from sparta.app.layers import layers_of
from sparta.deploy.plan import plan
from sparta.errors import PackageError
from sparta.package import check_files, collect, layers, sizes
from sparta.package.dependencies import Installed
from sparta.package.packaged import APPLICATION, PackagedFile
from sparta.package.target import Target
from sparta.template import check, synthesize

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import MakeApplication, Reports, Wheels

PROJECT = """
[project]
name = "shop"
version = "1"
requires-python = ">=3.11"
dependencies = ["leaf"]
[dependency-groups]
images = ["picture"]
[tool.sparta]
layer-over-mb = {over}
"""


def big(name: str, size_bytes: int, owner: str = "pandas") -> PackagedFile:
    return PackagedFile(name, owner, content=bytes(size_bytes))


def test_dependencies_over_the_size_get_a_layer() -> None:
    small = Installed((big("a.txt", layers.MEGABYTE),))
    assert layers.divided(small, 1) == (small.base, {})
    large = Installed((*small.base, big("b.txt", 1)), {"images": (big("c.txt", 1),), "none": ()})
    beside, found = layers.divided(large, 1)
    assert beside == ()
    assert found == {"dependencies": large.base, "dependencies-images": large.groups["images"]}


@pytest.mark.parametrize(("over", "layered"), [(0, True), (1, False)])
def test_an_application_with_layers(
    make_application: MakeApplication, report: Reports, wheels: Wheels, over: int, layered: bool
) -> None:
    wheels.add("leaf")
    wheels.add("picture")
    functions = (
        sparta.Function(lambda: None, name="hello"),
        sparta.Function(lambda: None, name="draw", dependencies="images"),
    )
    application = make_application(
        {"app.py": "hello = 1\n", "pyproject.toml": PROJECT.format(over=over)}, functions=functions
    )
    package = collect(application, report=report)
    names = {"dependencies-images", *(["dependencies"] if layered else [])}
    assert package.layers.keys() == names
    assert ("leaf/__init__.py" in {file.path for file in package.files}) != layered
    with zipfile.ZipFile(package.layers["dependencies-images"].archive) as archive:
        entries = archive.namelist()
        assert "python/picture/__init__.py" in entries
        assert "python/picture/__pycache__/__init__.cpython-311.pyc" in entries
        code = archive.read("python/picture/__pycache__/__init__.cpython-311.pyc")
    assert b"/opt/python/picture/__init__.py" in code

    template = synthesize(application, tuple(package.layers))
    assert check(template) == []
    made = plan(template, package, bucket="code")
    assert made.parameters.keys() == template.parameters.keys()
    keys = {f"Shop/{one.sha256}-layer.zip" for one in package.layers.values()}
    assert keys < {upload.key for upload in made.uploads}
    assert keys < set(made.parameters.values())
    assert [len(layers_of(one, package.layers)) for one in functions] == [layered, layered + 1]
    again = collect(application, report=report)
    assert {n: one.sha256 for n, one in again.layers.items()} == {
        name: one.sha256 for name, one in package.layers.items()
    }


def test_too_large_says_what_is_large_and_what_to_do() -> None:
    files = (
        PackagedFile("a.py", APPLICATION, content=b"1"),
        big("pandas/core.py", 2 * layers.MEGABYTE),
        big("botocore/all.json", layers.MEGABYTE, "botocore"),
    )
    sizes.check(files, "code", 3 * layers.MEGABYTE + 1)
    with pytest.raises(PackageError) as caught:
        sizes.check(files, "code", layers.MEGABYTE)
    text = str(caught.value)
    assert "the archive is 3.0 MB unzipped, Lambda takes 1.0 MB" in text
    assert "the biggest in it: pandas 2.0 MB, botocore 1.0 MB, a.py 0.0 MB" in text
    assert "leave out --bundle-boto3 (botocore are in the runtime)" in text


def test_code_and_layers_are_limited_together(
    make_application: MakeApplication,
    report: Reports,
    wheels: Wheels,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wheels.add("leaf", files={"leaf/words.txt": "x" * 2_000_000})
    wheels.add("picture")
    application = make_application(
        {"app.py": "hello = 1\n", "words.txt": "x", "pyproject.toml": PROJECT.format(over=0)},
        functions=(sparta.Function(lambda: None, name="hello"),),
    )
    checked = sizes.check
    # The wheel stands in the project too: half of the four megabytes is the code's.
    monkeypatch.setattr(sizes, "check", lambda files, name: checked(files, name, 3_000_000))
    with pytest.raises(PackageError, match=r"code \+ dependencies: the archive is [\d.]+ MB"):
        collect(application, report=report)
    assert not list((application.project / ".sparta").glob("*.zip"))


def elf(machine: int) -> bytes:
    return b"\x7fELF\x02\x01" + bytes(10) + b"\x03\x00" + machine.to_bytes(2, "little") + bytes(44)


def test_libraries_that_would_not_load_are_refused(tmp_path: Path) -> None:
    target = Target("3.12", "x86_64")
    contents = {
        "good.cpython-312-x86_64-linux-gnu.so": elf(62),
        "lib/libarm.so.3.1": elf(183),
        "mac.so": b"\xcf\xfa\xed\xfe",
        "notes.so.txt": b"text",
    }
    files = []
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
        owner = APPLICATION if name == "mac.so" else "numpy"
        files.append(PackagedFile(name, owner, source=tmp_path / name))
    with pytest.raises(PackageError) as caught:
        check_files.check(files, target)
    arm, mac = caught.value.problems
    assert arm.what == (
        "lib/libarm.so.3.1 would not load in Lambda: it is for arm64, the functions run on x86_64"
    )
    assert (arm.where, mac.where) == ("numpy", str(tmp_path / "mac.so"))
    assert "not an ELF file" in mac.what
    check_files.check(files, target, ["lib/*", "mac.so"])


def test_dependencies_enter_without_their_tests_and_with_modes_by_content(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    files = {
        "leaf/__init__.py": "",
        "leaf/run.sh": "#!/bin/sh\n",
        "leaf/tests/test_all.py": "",
        "leaf/deep/tests/words.txt": "",
        "tests/__init__.py": "",
    }
    wheels.add("leaf", files=files)
    application = make_application({"app.py": "hello = 1\n", "requirements.txt": "leaf\n"})
    package = collect(application, report=report)
    with zipfile.ZipFile(package.archive) as archive:
        modes = {
            entry.filename: stat.S_IMODE(entry.external_attr >> 16)
            for entry in archive.infolist()
            if not entry.filename.endswith(".pyc")
        }
    assert modes["leaf/run.sh"] == 0o755
    assert modes["leaf/__init__.py"] == 0o644
    assert [name for name in modes if "tests" in name] == ["tests/__init__.py"]
