"""Dependencies in layers, on the local AWS with both runtimes: what is sent, what is imported."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from sparta.local import daemon

if TYPE_CHECKING:
    from pathlib import Path

    from tests.functional.conftest import Project, ProjectOf

APP = """
import leaf
import sparta

@sparta.function()
def plain() -> list[str]:
    try:
        import picture
    except ImportError:
        return ["{answer}", leaf.VERSION, leaf.__file__]
    return ["picture is here too"]

@sparta.function(dependencies="Images")
def draw() -> list[str]:
    import picture
    return ["{answer}", leaf.VERSION, picture.VERSION]

if __name__ == "__main__":
    sparta.main("Layered", functions=[plain, draw])
"""
PROJECT = """
[project]
name = "layered"
version = "1"
requires-python = ">=3.11"
dependencies = ["leaf"]
[dependency-groups]
images = ["picture"]
[tool.sparta]
layer-over-mb = 0
"""


def add_wheel(folder: Path, name: str, version: str, requires: str = "") -> None:
    needs = f"Requires-Dist: {requires}\n" if requires else ""
    described = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f"VERSION = {version!r}\n",
        f"{described}/METADATA": "Metadata-Version: 2.1\n"
        f"Name: {name}\nVersion: {version}\n{needs}",
        f"{described}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{described}/RECORD"] = "".join(f"{path},,\n" for path in files)
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)


@pytest.fixture(scope="module")
def layered(tmp_path_factory: pytest.TempPathFactory, project_of: ProjectOf) -> Project:
    """Return the application, and wheels that only it sees."""
    source = tmp_path_factory.mktemp("layered")
    (source / "app.py").write_text(APP.format(answer="one"))
    (source / "pyproject.toml").write_text(PROJECT)
    project = project_of(source, "Layered")
    (project.folder / ".sparta" / "wheels").mkdir(parents=True)
    return project


@pytest.fixture(autouse=True)
def wheels(layered: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let uv find wheels in one folder only, and this machine import what they bring."""
    folder = layered.folder / ".sparta" / "wheels"
    configuration = folder / "uv.toml"
    configuration.write_text(f'no-index = true\nfind-links = ["{folder}"]\n')
    monkeypatch.setenv("UV_CONFIG_FILE", str(configuration))
    monkeypatch.setenv("UV_CACHE_DIR", str(folder / "cache"))
    here = folder / "here"
    (here / "leaf").mkdir(parents=True, exist_ok=True)
    (here / "leaf" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(here))
    if not list(folder.glob("*.whl")):
        add_wheel(folder, "leaf", "1.0")
        add_wheel(folder, "picture", "1.0", requires="leaf")
    return folder


def answer(project: Project, name: str) -> list[str]:
    shown = project.sparta("invoke", name, "--local")
    found: list[str] = json.loads(shown.splitlines()[-1])
    return found


def uploaded(log: str) -> list[str]:
    lines = [line for line in log.splitlines() if "Uploading local file to S3" in line]
    return [line.partition("Path=")[2].split()[0].rpartition("/")[2] for line in lines]


@pytest.mark.parametrize("runtime", ["python", "native"])
def test_functions_find_their_layers(layered: Project, runtime: str, native_library: Path) -> None:
    assert native_library.is_file()
    layered.sparta("provision", "--local", "--runtime", runtime)
    found = answer(layered, "plain")
    assert found[:2] == ["one", "1.0"]
    assert found[2].endswith("/python/leaf/__init__.py")
    assert answer(layered, "draw") == ["one", "1.0", "1.0"]
    assert "AWS's client serves this function" not in daemon.logs(layered.folder)
    functions = layered.client("lambda").list_functions()["Functions"]
    layers = {one["FunctionName"]: len(one["Layers"]) for one in functions}
    assert layers == {"Layered_plain": 1, "Layered_draw": 2}


def test_a_change_of_the_code_uploads_the_code_alone(layered: Project) -> None:
    layered.sparta("provision", "--local", "--runtime", "python")
    (layered.folder / "app.py").write_text(APP.format(answer="two"))
    changed = layered.sparta("provision", "--local", "--runtime", "python")
    assert uploaded(changed) == ["Layered-code.zip"]
    assert changed.count("Already in S3") == 2
    assert answer(layered, "draw") == ["two", "1.0", "1.0"]


def test_a_change_of_a_dependency_leaves_other_layers_alone(layered: Project, wheels: Path) -> None:
    layered.sparta("provision", "--local", "--runtime", "python")
    add_wheel(wheels, "picture", "2.0", requires="leaf")
    (layered.folder / "pyproject.toml").write_text(PROJECT.replace('["picture"]', '["picture>1"]'))
    changed = layered.sparta("provision", "--local", "--runtime", "python")
    # pyproject.toml stands at the root, so it is part of the code.
    assert uploaded(changed) == ["Layered-code.zip", "Layered-dependencies-Images-layer.zip"]
    assert answer(layered, "draw")[1:] == ["1.0", "2.0"]


@pytest.mark.parametrize("versioned", [True, False])
def test_nothing_is_put_where_nothing_changed(layered: Project, versioned: bool) -> None:
    s3 = layered.client("s3")
    bucket = f"code-{versioned}".lower()
    s3.create_bucket(Bucket=bucket)
    if versioned:
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})

    def objects() -> list[tuple[str, str, object]]:
        versions = s3.list_object_versions(Bucket=bucket).get("Versions", [])
        return sorted((one["Key"], one["VersionId"], one["LastModified"]) for one in versions)

    deploy = ("provision", "--local", "-s", bucket, "--runtime", "python")
    layered.sparta(*deploy)
    first = objects()
    assert len(first) == 3
    assert "No changes detected" in layered.sparta(*deploy)
    layered.sparta("delete", "--local")
    assert layered.sparta(*deploy).count("Already in S3") == 3
    assert objects() == first
