"""Read from a real library: that of orjson, a manylinux wheel that Sparta depends on."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from sparta.package import elf
from sparta.package.check_library import reason_against
from sparta.package.target import Target

LIBRARY = Path(str(sys.modules["orjson.orjson"].__file__))
MACHINE = {"x86_64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), "")
OTHER = {"x86_64": "arm64", "arm64": "x86_64"}
NUMBER = {name: number for number, name in elf.MACHINES.items()}
OLDEST, LATER = Target("3.11", MACHINE or "x86_64"), Target("3.12", MACHINE or "x86_64")

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not MACHINE, reason="orjson's library here is no ELF"
)


def changed(tmp_path: Path, old: bytes, new: bytes) -> Path:
    """Return a copy of the library in which `old` is `new`, at its first place."""
    content = LIBRARY.read_bytes()
    assert old in content
    assert len(old) == len(new)
    path = tmp_path / "library.so"
    path.write_bytes(content.replace(old, new, 1))
    return path


def glibc_name() -> bytes:
    """Return a version that the library needs, with the zero that ends it."""
    major, minor = elf.read(LIBRARY).glibc
    return b"GLIBC_%d.%d\0" % (major, minor)


def test_a_manylinux_wheel_needs_what_its_tag_says() -> None:
    assert orjson.__version__
    found = elf.read(LIBRARY)
    assert found.machine == MACHINE
    assert (2, 2) <= found.glibc <= (2, 17)


@pytest.mark.skipif(shutil.which("readelf") is None, reason="binutils is not installed")
def test_readelf_says_the_same() -> None:
    answer = subprocess.run(
        ["readelf", "--version-info", "--wide", LIBRARY], capture_output=True, text=True, check=True
    )
    names = [word for word in answer.stdout.split() if word.startswith("GLIBC_")]
    versions = [tuple(map(int, name.split("_")[1].split(".")[:2])) for name in names]
    assert elf.read(LIBRARY).glibc == max(versions)


@pytest.mark.parametrize(("target", "limit"), [(OLDEST, (2, 26)), (LATER, (2, 34))])
def test_each_runtime_has_its_glibc(tmp_path: Path, target: Target, limit: tuple[int, int]) -> None:
    assert target.glibc == limit
    assert reason_against(LIBRARY, target) == ""
    name = glibc_name()
    for minor, reason in (
        (limit[1], ""),
        (
            limit[1] + 1,
            f"it needs glibc 2.{limit[1] + 1}, python{target.python} on Lambda has 2.{limit[1]}",
        ),
    ):
        library = changed(tmp_path, name, b"GLIBC_2.%d\0" % minor)
        assert reason_against(library, target) == reason


def test_another_processor_is_refused(tmp_path: Path) -> None:
    header = LIBRARY.read_bytes()[:20]
    other = header[:18] + NUMBER[OTHER[MACHINE]].to_bytes(2, "little")
    library = changed(tmp_path, header, other)
    assert elf.read(library).machine == OTHER[MACHINE]
    assert reason_against(library, LATER) == (
        f"it is for {OTHER[MACHINE]}, the functions run on {MACHINE}"
    )


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (b"PK\x03\x04", "not an ELF file"),
        (b"\x7fELF\x01\x01", "not a 64-bit little-endian ELF file"),
        (b"\x7fELF\x02\x01" + bytes(10) + b"\x02\0\x3e\0", "not a shared library"),
        (b"\x7fELF\x02\x01" + bytes(10) + b"\x03\0\x3e\0", "damaged"),
    ],
)
def test_what_is_no_library_is_said(tmp_path: Path, start: bytes, reason: str) -> None:
    path = tmp_path / "library.so"
    path.write_bytes(start)
    with pytest.raises(ValueError, match=reason):
        elf.read(path)
    assert reason in reason_against(path, LATER)


def test_a_library_cut_short_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.so"
    path.write_bytes(LIBRARY.read_bytes()[:-2000])
    with pytest.raises(ValueError, match="damaged"):
        elf.read(path)


def test_a_missing_library_is_said(tmp_path: Path) -> None:
    assert reason_against(tmp_path / "none.so", LATER) == "it does not exist"
