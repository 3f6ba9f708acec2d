"""Of libraries compiled here, and of the real one."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import abi3info
import pytest
from tests.unit.package.native_modules import COMPILER, compiled

from sparta.package import check_abi, elf_symbols

if TYPE_CHECKING:
    from pathlib import Path

LINUX = {"HAVE_FORK", "PY_HAVE_THREAD_NATIVE_ID"}
"""What an #ifdef in Python's headers may ask for that is there on Linux."""

needs_compiler = pytest.mark.skipif(COMPILER is None, reason="no C compiler on this machine")


def test_the_real_library_can_be_loaded_by_every_python(native_library: Path) -> None:
    assert check_abi.reason_against(native_library) == ""


def test_the_stable_abi_is_that_of_python_3_11() -> None:
    known = {
        symbol.name: entry
        for table in (abi3info.FUNCTIONS, abi3info.DATAS)
        for symbol, entry in table.items()
    }
    stable = {
        name
        for name, entry in known.items()
        if (entry.added.major, entry.added.minor) <= (3, 11)
        and (entry.ifdef is None or entry.ifdef.name in LINUX)
    }
    assert set(check_abi.STABLE.read_text().split()) == stable


@needs_compiler
def test_a_module_may_use_the_stable_abi_only(tmp_path: Path) -> None:
    fitting = compiled(tmp_path / "fitting.so", "PyDict_New")
    assert check_abi.reason_against(fitting) == ""
    later = compiled(tmp_path / "later.so", "PyType_GetModuleByDef")
    assert "not in Python's stable ABI: PyType_GetModuleByDef" in check_abi.reason_against(later)
    private = compiled(tmp_path / "private.so", "_PyThreadState_UncheckedGet")
    assert "_PyThreadState_UncheckedGet" in check_abi.reason_against(private)


@needs_compiler
def test_a_module_linked_with_a_python_is_refused(tmp_path: Path) -> None:
    name = "libpython3.11.so.1.0"
    python = compiled(
        tmp_path / name, "x", "void *PyDict_New(void) {{ return 0; }}", f"-Wl,-soname,{name}"
    )
    module = compiled(tmp_path / "module.so", "PyDict_New", "", str(python))
    assert f"it is linked with {name}" in check_abi.reason_against(module)


@needs_compiler
def test_a_library_without_the_module_is_refused(tmp_path: Path) -> None:
    other = compiled(tmp_path / "other.so", "x", "int answer(void) {{ return 42; }}")
    assert "does not export PyInit__sparta" in check_abi.reason_against(other)


def test_a_damaged_library_is_refused(native_library: Path, tmp_path: Path) -> None:
    content = native_library.read_bytes()
    cut = tmp_path / "cut.so"
    cut.write_bytes(content[: len(content) // 2])
    assert "damaged" in check_abi.reason_against(cut)


@pytest.mark.skipif(shutil.which("readelf") is None, reason="binutils is not installed")
def test_readelf_sees_the_same_names(native_library: Path) -> None:
    command = ["readelf", "--dyn-syms", "--dynamic", "--wide", str(native_library)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in shown.splitlines()]
    symbols = {
        row[7].partition("@")[0]: row[6] for row in rows if len(row) > 7 and row[0][:-1].isdigit()
    }
    found = elf_symbols.read(native_library)
    assert found.undefined == {name for name, section in symbols.items() if section == "UND"}
    assert found.exported == {name for name, section in symbols.items() if section != "UND"}
    needed = [row[-1].strip("[]") for row in rows if "(NEEDED)" in row]
    assert list(found.needed) == needed
