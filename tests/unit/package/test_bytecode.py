from __future__ import annotations

import importlib.util
import marshal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sparta.errors import PackageError
from sparta.package import bytecode, interpreters
from sparta.package.packaged import APPLICATION, PackagedFile
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

THIS = Target(f"{sys.version_info[0]}.{sys.version_info[1]}", "x86_64")
CONSTANTS = """
def kind(code):
    if code in {"426", "225", "226"}:
        return "ftp"
    return code in {"226", "426", "225"} or f"{code!r:>10}"
"""


def file(path: str, text: str, owner: str = APPLICATION) -> PackagedFile:
    return PackagedFile(path, owner, content=text.encode())


def loaded(path: Path) -> CodeType:
    code: CodeType = marshal.loads(path.read_bytes()[16:])
    return code


def test_bytecode_is_unchecked_and_names_the_file_on_lambda(tmp_path: Path) -> None:
    source = file("orders/rules.py", "LIMIT = 10\n")
    found, notes = bytecode.compiled([source, file("rules.json", "{}")], THIS, tmp_path)
    assert notes == ()
    assert [made.path for made in found] == [f"orders/__pycache__/rules.{THIS.cache_tag}.pyc"]
    content = found[0].read()
    assert content[:4] == importlib.util.MAGIC_NUMBER
    assert content[4:8] == b"\x01\0\0\0"
    assert content[8:16] == importlib.util.source_hash(source.read())
    assert found[0].source is not None
    assert loaded(found[0].source).co_filename == "/var/task/orders/rules.py"


def test_each_python_reads_its_own_bytecode(
    interpreter: Path, interpreters: dict[str, Path], tmp_path: Path
) -> None:
    minor = next(name for name, path in interpreters.items() if path == interpreter)
    found, _ = bytecode.compiled([file("one.py", CONSTANTS)], Target(minor, "x86_64"), tmp_path)
    (tmp_path / "task" / "__pycache__").mkdir(parents=True)
    (tmp_path / "task" / found[0].path).write_bytes(found[0].read())
    # The source says otherwise: only valid bytecode gives the answer below.
    (tmp_path / "task" / "one.py").write_text("raise SystemExit('recompiled')\n")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'task')!r}); import one; "
    answer = subprocess.run(
        [interpreter, "-I", "-S", "-c", code + "print(one.kind('225'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == "ftp\n"


def test_the_same_source_gives_the_same_bytes_in_any_company(
    interpreter: Path, interpreters: dict[str, Path], tmp_path: Path
) -> None:
    """One compiler process for several files makes sets of strings depend on their order."""
    minor = next(name for name, path in interpreters.items() if path == interpreter)
    target = Target(minor, "x86_64")
    one = file("one.py", CONSTANTS)
    others = [file(f"{number}.py", CONSTANTS + f"N = {number}\n") for number in range(5)]
    alone, _ = bytecode.compiled([one], target, tmp_path / "alone")
    after, _ = bytecode.compiled([*others, one], target, tmp_path / "after")
    before, _ = bytecode.compiled([one, *others], target, tmp_path / "before")
    contents = {
        made.read() for found in (alone, after, before) for made in found if "one" in made.path
    }
    assert len(contents) == 1


def test_what_was_compiled_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [file("one.py", "x = 1\n"), file("two.py", "x = 2\n")]
    first, _ = bytecode.compiled(files, THIS, tmp_path)
    monkeypatch.setattr(bytecode, "_run", pytest.fail)
    assert bytecode.compiled(files, THIS, tmp_path)[0] == first


def test_a_file_of_the_application_that_does_not_compile_is_noted(tmp_path: Path) -> None:
    files = [file("bad.py", "def (:\n"), file("old.py", "print 1\n", owner="leaf")]
    found, notes = bytecode.compiled(files, THIS, tmp_path)
    assert found == ()
    assert len(notes) == 1
    assert notes[0].startswith(f"bad.py does not compile for Python {THIS.python}: invalid syntax")


def test_without_the_interpreter_there_is_one_note(tmp_path: Path) -> None:
    files = [file("one.py", ""), file("two.py", "")]
    found, notes = bytecode.compiled(files, Target("3.99", "x86_64"), tmp_path)
    assert found == ()
    assert len(notes) == 1
    assert "Python 3.99 is not installed here" in notes[0]


def test_two_thousand_files_take_one_process(tmp_path: Path) -> None:
    files = [file(f"many/m{number}.py", f"def f(): return {number}\n") for number in range(2000)]
    found, notes = bytecode.compiled(files, THIS, tmp_path)
    assert (len(found), notes) == (2000, ())


def test_an_interpreter_that_fails_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho no luck >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(interpreters, "find", lambda _minor: broken)
    with pytest.raises(PackageError, match="no luck"):
        bytecode.compiled([file("one.py", "")], THIS, tmp_path)
