from __future__ import annotations

import io
import re

import pytest

from sparta.cli.banner import banner, service
from sparta.cli.console import Console, coloured
from sparta.errors import Problem


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def console() -> Console:
    seconds = iter([0.0, 1.9, 39.2, 10_000.0])
    return Console(lambda: next(seconds))


def test_lines_are_those_of_the_original(
    console: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    console("Lambda code archive size", Size="13 MB")
    console("Total elapsed time", **{"Duration (s)": 39})
    console("Verifying IAM Lambda execution roles")
    assert capsys.readouterr().out.splitlines() == [
        "[0001]  INFO Lambda code archive size                           Size=13 MB",
        "[0039]  INFO Total elapsed time                                 Duration (s)=39",
        "[10000]  INFO Verifying IAM Lambda execution roles",
    ]


def test_rules_and_headings(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    console.rule()
    console.heading("CloudFormation Metrics")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "[0000]  INFO " + "═" * 48
    assert second == "[0000]  INFO CloudFormation Metrics " + "▬" * 25


def test_errors_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    Console().error(Problem("It is broken", where="app.py:3", fix="Mend it"))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "[0000] ERROR app.py:3: It is broken\n  Mend it\n"


def test_results_keep_standard_output_to_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    console.keep_stdout_for_results()
    console.warn("Careful", Size=3)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("[0000]  WARN Careful ")


def test_what_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    console.hide(re.compile(r"\d{12}"))
    console("Role", Arn="arn:aws:iam::123456789012:role/r")
    assert "Arn=arn:aws:iam::************:role/r" in capsys.readouterr().out


def test_colours_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert coloured(Terminal())
    assert not coloured(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(Terminal())


def test_level_is_coloured_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    Console()("Done", Size=3)
    plain = re.sub("\x1b\\[[0-9;]*m", "", terminal.getvalue())
    assert plain == f"[0000]  INFO {'Done':<50} Size=3\n"
    assert terminal.getvalue().startswith("[0000] \x1b[36m INFO\x1b[0m Done")


def test_banner_has_the_shape_of_the_original(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    banner(console)
    service(console, "Shop", "provision", Runtime="native")
    lines = [line.removeprefix("[0000]  INFO ") for line in capsys.readouterr().out.splitlines()]
    rules = [number for number, line in enumerate(lines) if line == "═" * 48]
    assert rules == [0, 4, 6]
    words = ("Version : ", "SHA     : ", "Python  : 3.")
    assert all(word in line for word, line in zip(words, lines[1:4], strict=True))
    assert len({line.index(" : ") for line in lines[1:4]}) == 1
    assert re.fullmatch(
        r"Service: Shop {37} +Option=provision Runtime=native UTC=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
        lines[5],
    )
