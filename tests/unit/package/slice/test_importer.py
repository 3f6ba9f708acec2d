"""What the archive's importer of slices does, in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.package.slice.archived import files_of
from sparta.package.slice.slicing import Slice

if TYPE_CHECKING:
    from tests.unit.package.slice.conftest import Slicer

APP = """\
import json
import boto3

EARLY = 1
KEPT = 2
import probe


class Late:
    pass


def handler(event):
    return KEPT
"""
PROGRAM = """
import sys
sys.path.insert(0, {folder!r})
from _sparta_slices import use
use("handler", {folder!r}, {place!r})
import app
{code}
"""


def said(folder: Path, slicer: Slicer, code: str, probe: str = "", app: str = APP) -> list[str]:
    """Return what a program prints that imports `app` sliced; `probe` is run on its line 6."""
    found = slicer.outcome({"app.py": app, "probe.py": "print(end='')\n"})
    assert isinstance(found, Slice)
    for file in files_of({"handler": found}):
        (folder / file.path).parent.mkdir(exist_ok=True)
        (folder / file.path).write_bytes(file.read())
    (folder / "app.py").write_text(app)
    (folder / "probe.py").write_text(probe)
    place = (found.module, found.path, found.ranges, found.names)
    program = PROGRAM.format(folder=str(folder), place=place, code=code)
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_slice_is_the_module(tmp_path: Path, slicer: Slicer) -> None:
    code = """
import inspect
print("boto3" in sys.modules, app.handler(None), app.__name__, app.__file__, repr(app))
print(app.handler.__module__, app.handler.__code__.co_filename, inspect.getsource(app.handler))
"""
    first, second, *rest = said(tmp_path, slicer, code)
    file = str(tmp_path / "app.py")
    assert first == f"False 2 app {file} <module 'app' from {file!r}>"
    assert second == f"app {file} def handler(event):"
    assert rest == ["    return KEPT", ""]


def test_no_bytecode_is_written_in_the_originals_place(tmp_path: Path, slicer: Slicer) -> None:
    assert said(tmp_path, slicer, "print(app.__cached__)") != []
    assert not list((tmp_path / "__pycache__").glob("app.*"))


def test_dropped_names_are_there_when_they_are_asked_for(tmp_path: Path, slicer: Slicer) -> None:
    code = """
print(hasattr(app, "nothing"), "Late" in vars(app))
print(app.Late, app.Late.__module__, app.EARLY, app.Late is app.Late)
try:
    app.nothing
except AttributeError as error:
    print(error)
"""
    assert said(tmp_path, slicer, code) == [
        "False False",
        "<class 'app.Late'> app 1 True",
        "module 'app' has no attribute 'nothing'",
    ]


def test_what_was_set_from_outside_stays(tmp_path: Path, slicer: Slicer) -> None:
    assert said(tmp_path, slicer, "app.EARLY = 7\nprint(app.Late.__name__, app.EARLY)") == [
        "Late 7"
    ]


def test_while_the_module_is_run_only_what_stands_above_is_there(
    tmp_path: Path, slicer: Slicer
) -> None:
    probe = """
import sys
app = sys.modules["app"]
print(app.EARLY, hasattr(app, "Late"), hasattr(app, "handler"))
"""
    answer = said(tmp_path, slicer, "print(app.Late.__name__, app.EARLY)", probe)
    assert answer == ["1 False False", "Late 1"]


@pytest.mark.parametrize("future", ["from __future__ import annotations", "import json"])
def test_dropped_functions_are_compiled_as_the_module_is(
    tmp_path: Path, slicer: Slicer, future: str
) -> None:
    app = APP.replace("import json", future) + "\n\ndef late(x: int) -> None:\n    pass\n"
    (answer,) = said(tmp_path, slicer, "print(app.late.__annotations__['x'])", app=app)
    assert answer == ("int" if future.startswith("from") else "<class 'int'>")


def test_newer_syntax(interpreters: dict[str, Path], project_root: Path) -> None:
    newer = [path for minor, path in interpreters.items() if minor != "3.11"]
    if not newer:
        pytest.skip("no CPython 3.12 or newer on this machine")
    for python in newer:
        run = subprocess.run(
            [str(python), str(Path(__file__).with_name("newer.txt"))],
            env={"PYTHONPATH": str(project_root / "python")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (run.returncode, run.stderr) == (0, "")
