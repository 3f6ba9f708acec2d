from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sparta.package import interpreters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    interpreters.find.cache_clear()
    yield
    interpreters.find.cache_clear()


def test_the_found_interpreter_has_the_version_and_no_environment(interpreter: Path) -> None:
    answer = subprocess.run(
        [
            interpreter,
            "-c",
            "import sys; print(sys.version_info[:2], sys.prefix == sys.base_prefix)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found = interpreters.find(answer.stdout.split(")")[0].strip("(").replace(", ", "."))
    assert found == interpreter
    assert answer.stdout.endswith("True\n")


def test_a_version_that_nobody_has_is_not_found() -> None:
    assert interpreters.find("3.99") is None


def test_a_name_on_path_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    liar = tmp_path / "python3.98"
    liar.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    liar.chmod(0o755)
    broken = tmp_path / "python3.97"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert interpreters.find("3.98") is None
    assert interpreters.find("3.97") is None


def test_a_version_folder_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("3.96.2", "3.96.10"):
        folder = tmp_path / "versions" / version / "bin"
        folder.mkdir(parents=True)
        script = folder / "python3"
        script.write_text(f"#!/bin/sh\necho 3.96\necho {script}\n")
        script.chmod(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    found = interpreters.find("3.96")
    assert found == tmp_path / "versions" / "3.96.10" / "bin" / "python3"
