from __future__ import annotations

import os
import re
import sys
import threading
from typing import TYPE_CHECKING

from sparta.package import command
from sparta.package.build_log import BuildLog
from sparta.package.locked import locked

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tests.unit.package.conftest import Reports

NOTHING = re.compile(r"(?!)")


def test_a_silent_program_is_told_to_be_still_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends only after it was told twice: what tells gives it the line that it waits for."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    monkeypatch.setattr(command, "SILENCE_S", 0.05)
    told: list[str] = []

    def report(message: str, /, **fields: object) -> None:
        told.append(message)
        assert isinstance(fields["Seconds"], int)
        if len(told) == 2:
            with pipe.open("w") as file:
                file.write("go on\n")

    code, lines = command.run(
        [sys.executable, "-c", "import sys; print(open(sys.argv[1]).readline())", str(pipe)],
        folder=tmp_path,
        log=BuildLog(tmp_path / "build.log"),
        report=report,
        told=NOTHING,
    )
    assert (code, lines[0]) == (0, "go on")
    assert set(told) == {f"{os.path.basename(sys.executable)} is still at it"}  # noqa: PTH119


def test_variables_are_given_and_logged(tmp_path: Path, report: Reports) -> None:
    log = BuildLog(tmp_path / "build.log")
    program = "import os, sys; print(os.environ['A']); sys.exit(7)"
    code, lines = command.run(
        [sys.executable, "-c", program],
        folder=tmp_path,
        log=log,
        report=report,
        told=NOTHING,
        variables={"A": "b c"},
    )
    assert (code, lines) == (7, ["b c"])
    logged = log.path.read_text().splitlines()
    assert logged[0].startswith(f"$ cd {tmp_path} && env 'A=b c' ")
    assert logged[1:] == ["b c", "exit code 7"]
    assert report.messages == []


def test_another_build_is_waited_for_and_that_is_told(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    waiting, entered = threading.Event(), threading.Event()

    def build() -> None:
        with locked(lock, waiting.set):
            entered.set()

    second = threading.Thread(target=build)
    with locked(lock, waiting.set):
        assert not waiting.is_set()
        second.start()
        assert waiting.wait(10)
        assert not entered.is_set()
    second.join(10)
    assert entered.is_set()
