"""`make wheels`: the wheels and the source distribution that are released, in `dist/`.

    .venv/bin/python build_backend/build_wheels.py dist

Each wheel carries the libraries of both of Lambda's processors, built by zig for the oldest glibc,
with a record that says so. One wheel is for each of them as a host, and one for any other host,
which can deploy as well. `pip install .` makes another wheel (see sparta_build.py); what that
links is never packaged.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import maturin

import sparta_build
from build_core import report
from sparta.errors import BuildError
from sparta.package import elf
from sparta.package.build_log import BuildLog
from sparta.package.builders import record, source
from sparta.package.builders.options import Options
from sparta.package.library import library_for
from sparta.package.target import PROCESSORS, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
ANY_HOST = ""
MANYLINUX = {(2, 17): "manylinux2014"}
"""The older names of platforms, which older installers know."""
LEFT_OUT = ("__pycache__", "_native_src", "_libraries")
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def main(dist: Path) -> int:
    """Make all that is released; returns the exit status."""
    # maturin's program stands beside the Python that runs this, as for pip's build environments.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    dist.mkdir(parents=True, exist_ok=True)
    log = BuildLog(ROOT / ".sparta" / "build.log")
    libraries = {}
    for architecture in PROCESSORS:
        target = Target(OLDEST_PYTHON, architecture)
        try:
            libraries[architecture] = library_for(target, Options("zig"), report, log)
        except BuildError as error:
            sys.stderr.write(f"wheels: without the library for {architecture}: {error}\n")
    if not libraries:
        return 1
    for host in (*libraries, ANY_HOST):
        made = wheel(dist, host, libraries)
        report("Wheel", file=made, size_bytes=made.stat().st_size)
    sdist = dist / maturin.build_sdist(str(dist))
    report("Source distribution", file=sdist, size_bytes=sdist.stat().st_size)
    return 0


def wheel(dist: Path, host: str, libraries: dict[str, Path]) -> Path:
    """Write one wheel.

    Args:
        dist: Where to.
        host: The processor of the machines it is for; `ANY_HOST` for any machine.
        libraries: What `library_for` returned, by architecture.
    """
    tags = tags_of(host, libraries)
    files = dict(package_files())
    key = source.sparta().key()
    made = {}
    for architecture, library in libraries.items():
        place = record.file_for(architecture, host)
        made[architecture] = record.made_of(library, place, "zig", key)
        files[f"sparta/{place}"] = library.read_bytes()
    files[f"sparta/{record.NAME}"] = record.text_of(made).encode()
    name, metadata = dist_info()
    files |= metadata
    lines = ["Wheel-Version: 1.0", "Generator: sparta", f"Root-Is-Purelib: {str(not host).lower()}"]
    lines += [f"Tag: {tag}" for tag in tags]
    files[f"{name}/WHEEL"] = "".join(f"{line}\n" for line in lines).encode()
    files[f"{name}/RECORD"] = sparta_build.record(files, f"{name}/RECORD").encode()
    platforms = ".".join(tag.rpartition("-")[2] for tag in tags)
    path = dist / f"{name.removesuffix('.dist-info')}-{tags[0].rpartition('-')[0]}-{platforms}.whl"
    _write(path, files)
    return path


@lru_cache(maxsize=1)
def dist_info() -> tuple[str, dict[str, bytes]]:
    """Return the name of the folder of metadata, and the files in it that all wheels share."""
    with tempfile.TemporaryDirectory() as folder:
        name: str = maturin.prepare_metadata_for_build_wheel(folder)
        paths = [path for path in sorted(Path(folder, name).rglob("*")) if path.is_file()]
        shared = [path for path in paths if path.name not in {"RECORD", "WHEEL"}]
        return name, {path.relative_to(folder).as_posix(): path.read_bytes() for path in shared}


def tags_of(host: str, libraries: dict[str, Path]) -> list[str]:
    """Return the tags of the wheel for `host`: as old a glibc as its library really needs."""
    if not host:
        return ["py3-none-any"]
    glibc = max(elf.read(libraries[host]).glibc, (2, 17))  # the oldest that a wheel can name
    names = [f"manylinux_{glibc[0]}_{glibc[1]}", *filter(None, [MANYLINUX.get(glibc)])]
    return [f"cp311-abi3-{name}_{PROCESSORS[host]}" for name in names]


def package_files() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the package, and the native library's sources where it looks for them."""
    package = ROOT / "python" / "sparta"
    for path in sorted(package.rglob("*")):
        relative = path.relative_to(package)
        if path.is_file() and path.suffix != ".so" and not set(LEFT_OUT) & set(relative.parts):
            yield f"sparta/{relative.as_posix()}", path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        carried = Path(folder)
        sparta_build.copy_native_sources(carried)
        for path in sorted(carried.rglob("*")):
            if path.is_file():
                name = path.relative_to(carried).as_posix()
                yield f"sparta/_native_src/{name}", path.read_bytes()


def _write(path: Path, files: dict[str, bytes]) -> None:
    """Write a ZIP that is the same for the same files."""
    new = path.with_suffix(".new")
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        # What installers read first stands last: https://peps.python.org/pep-0427/
        for name in sorted(files, key=lambda name: (".dist-info/" in name, name)):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.external_attr = (0o100755 if name.endswith(".so") else 0o100644) << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    new.replace(path)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
