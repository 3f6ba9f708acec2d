"""What `make wheels` makes, and that it deploys the native runtime from a machine without Rust."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from sparta.package import check_abi, elf
from sparta.package.build_log import BuildLog
from sparta.package.builders import zig
from sparta.package.builders.options import Options
from sparta.package.library import library_for
from sparta.package.target import Target

DEPENDENCIES = ("boto3", "click", "orjson", "uv")
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}
"""By the word in a wheel's tag."""
LARGEST_WHEEL_BYTES = 3_200_000  # 1,060,000 are the typed resources of every service
LARGEST_SDIST_BYTES = 1_700_000  # 800,000 are those, 90,000 the actions of IAM, 500,000 the stubs
NEVER = ("__pycache__", ".pyc", "/target/", "/tests/", "/examples/", ".sparta/", "_tests.rs")

pytestmark = pytest.mark.timeout(600)  # two libraries are compiled when they were not before


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """Return the folder of wheels and source distribution, made as `make wheels` makes it."""
    reason = zig.reason_not_to(Target("3.11", "x86_64"))
    if reason:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "build_backend/build_wheels.py", str(folder)]
    subprocess.run(words, cwd=project_root, check=True, capture_output=True)
    return folder


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def built() -> list[str]:
    """Return the words for processors whose library can be built here."""
    return [
        word
        for word, architecture in ARCHITECTURES.items()
        if not zig.reason_not_to(Target("3.11", architecture))
    ]


def test_there_is_a_wheel_for_each_processor_and_one_for_any_host(dist: Path) -> None:
    tags = [f"cp311-abi3-manylinux_2_17_{word}.manylinux2014_{word}" for word in built()]
    names = [f"sparta-{version('sparta')}-{tag}.whl" for tag in (*tags, "py3-none-any")]
    assert sorted(path.name for path in dist.glob("*.whl")) == sorted(names)


def test_each_wheel_carries_the_libraries_of_zig(dist: Path, tmp_path: Path) -> None:
    log = BuildLog(tmp_path / "build.log")
    for wheel in dist.glob("*.whl"):
        files = contents(wheel)
        made = json.loads(files["sparta/_libraries/made.json"])
        assert list(made) == [ARCHITECTURES[word] for word in built()]
        for architecture, entry in made.items():
            content = files[f"sparta/{entry['file']}"]
            target = Target("3.11", architecture)
            zigs = library_for(target, Options("zig"), lambda *_, **__: None, log)
            assert content == zigs.read_bytes()
            assert entry["builder"] == "zig"
            assert entry["sha256"] == hashlib.sha256(content).hexdigest()
            assert elf.read(zigs).machine == architecture
            assert elf.read(zigs).glibc <= (2, 17)
            assert check_abi.reason_against(zigs) == ""
        hosts = {ARCHITECTURES[word] for word in ARCHITECTURES if f"2_17_{word}" in wheel.name}
        assert {name for name, entry in made.items() if "/" not in entry["file"]} == hosts
        assert len([name for name in files if name.endswith(".so")]) == len(made)


def test_wheels_hold_what_they_have_to_and_nothing_else(dist: Path) -> None:
    for wheel in dist.glob("*.whl"):
        assert wheel.stat().st_size < LARGEST_WHEEL_BYTES
        files = contents(wheel)
        needed = ("__init__.py", "py.typed", "_native_src/Cargo.lock", "_native_src/shim/bootstrap")
        assert {f"sparta/{name}" for name in needed} <= set(files)
        assert {"sparta/_native_src/rust/core/src/lib.rs"} <= set(files)
        assert [name for name in files if any(part in name for part in NEVER)] == []
        assert {name.split("/")[0].partition("-")[0] for name in files} == {"sparta"}
        (record,) = [name for name in files if name.endswith(".dist-info/RECORD")]
        rows = {row[0]: row[1:] for row in csv.reader(files[record].decode().splitlines())}
        assert rows.pop(record) == ["", ""]
        assert rows == {
            name: [f"sha256={digest(content)}", str(len(content))]
            for name, content in files.items()
            if name != record
        }
        tags = files[record.replace("RECORD", "WHEEL")].decode().split("Tag: ")[1:]
        assert all(
            f"-{tag.strip().rpartition('-')[2]}" in wheel.name.replace(".", "-") for tag in tags
        )


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def test_the_source_distribution_can_build_a_wheel_and_holds_no_library(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    assert sdist.stat().st_size < LARGEST_SDIST_BYTES
    with tarfile.open(sdist) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    needed = {
        "pyproject.toml", "Cargo.lock", "Dockerfile.build", "build_backend/sparta_build.py",
        "shim/bootstrap", "rust/core/src/lib.rs", "rust/python/src/lib.rs", "LICENSE",
        "python/sparta/__init__.py", "python/sparta/package/abi3-py311.txt",
    }  # fmt: skip
    assert needed <= names
    unwanted = (*NEVER, ".so", "_libraries", "_native_src")
    assert [name for name in names if any(part in f"/{name}" for part in unwanted)] == []


@pytest.fixture(scope="session")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of a new environment in which pip has installed the wheel."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    uv = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--quiet"]
    pinned = [f"{name}=={version(name)}" for name in DEPENDENCIES]
    subprocess.run([*uv, "--python", str(python), *pinned], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    # pip chooses among the wheels, as it does among those of an index.
    offline = ["--no-index", f"--find-links={dist}", "--only-binary=:all:", "sparta"]
    subprocess.run([*pip, *offline], check=True)
    return python.parent


def run(programs: Path, folder: Path, *words: str) -> str:
    """Run `python app.py ...` with nothing on PATH but the environment's programs."""
    shown = subprocess.run(
        [str(programs / "python"), "app.py", *words],
        cwd=folder,
        env={**os.environ, "PATH": str(programs), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stdout
    return shown.stdout


@pytest.mark.parametrize(
    ("example", "call"),
    [("hello", ("Hello world test", "Hello World")), ("orders", ("create_order", "body: missing"))],
)
def test_an_installed_wheel_deploys_the_native_runtime_without_any_compiler(
    installed: Path, project_root: Path, tmp_path: Path, example: str, call: tuple[str, str]
) -> None:
    folder, (function, answer) = tmp_path / example, call
    skipped = shutil.ignore_patterns(".sparta", "__pycache__")
    shutil.copytree(project_root / "examples" / example, folder, ignore=skipped)
    for tool in ("cargo", "rustc", "zig", "docker", "cc"):
        assert shutil.which(tool, path=str(installed)) is None
    try:
        shown = run(installed, folder, "provision", "--local", "--runtime", "native")
        assert "Builder=prebuilt" in shown
        assert answer in run(installed, folder, "invoke", function, "--event", "{}", "--local")
    finally:
        run(installed, folder, "local", "stop")


def test_a_host_of_one_processor_packages_for_the_other(installed: Path, tmp_path: Path) -> None:
    for word in built():
        folder = tmp_path / word
        folder.mkdir()
        (folder / "app.py").write_text(
            "import sparta.native as sparta\n"
            "@sparta.function()\ndef hello(): ...\n"
            'if __name__ == "__main__":\n    sparta.main("Shop", "", functions=[hello], '
            f'architecture="{ARCHITECTURES[word]}")\n'
        )
        run(installed, folder, "provision", "--noop")
        archive = contents(folder / ".sparta" / "Shop-code.zip")
        (tmp_path / "library.so").write_bytes(archive["_sparta.abi3.so"])
        assert elf.read(tmp_path / "library.so").machine == ARCHITECTURES[word]
