from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.app.application import Entry
from sparta.app.function import Function
from sparta.errors import PackageError
from sparta.package.build_log import BuildLog
from sparta.package.collect import collect
from sparta.package.collect_all import collect_all
from sparta.package.generate import generate

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import MakeApplication, Reports

SCRIPT = """
import os, pathlib, sys
pathlib.Path("made.py").write_text("NAMES = ('a', 'b')")
print("made names for", os.environ.get("SPARTA_TOKEN"))
print("and complained", file=sys.stderr)
sys.exit(int(sys.argv[1]))
"""


def hello() -> None: ...


def project(folder: Path, setting: str) -> tuple[Path, BuildLog]:
    (folder / "pyproject.toml").write_text(f"[tool.sparta]\n{setting}\n")
    (folder / "make_names.py").write_text(SCRIPT)
    return folder, BuildLog(folder / ".sparta" / "build.log")


def test_what_is_generated_is_packaged(
    make_application: MakeApplication, report: Reports, tmp_path: Path
) -> None:
    application = make_application({"app.py": "def hello(): pass\n"})
    project(tmp_path, 'generate = "python make_names.py 0"')
    package = collect(application, report=report)
    assert "made.py" in {file.path for file in package.files}
    assert "exit code 0" in (tmp_path / ".sparta" / "build.log").read_text()


def test_it_runs_once_for_several_archives(
    make_application: MakeApplication, report: Reports, tmp_path: Path
) -> None:
    functions = (Function(hello), Function(hello, name="other", architecture="arm64"))
    entries = {one.entry_name: Entry("app", (one.entry_name,)) for one in functions}
    source = "def hello(): pass\n\n\nother = hello\n"
    application = make_application({"app.py": source}, functions=functions, entries=entries)
    project(tmp_path, 'generate = "python make_names.py 0"')
    package = collect_all(application, report=report)
    assert len(package.others) == 1
    told = [message for message, _ in report.messages]
    assert told.count("Running generator") == 1
    assert "make_names.py" in (tmp_path / ".sparta" / "build.log").read_text()


def test_command_and_output_are_told_and_logged_without_secrets(
    tmp_path: Path, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARTA_TOKEN", "hush-7f3a91")
    folder, log = project(tmp_path, 'generate = ["python", "make_names.py", "0"]')
    generate(folder, report, log)
    told = [message for message, _ in report.messages]
    assert told[0] == "Running generator"
    assert {"made names for ***", "and complained"} <= set(told)
    logged = log.path.read_text().splitlines()
    assert logged[0].startswith(f"$ cd {folder} && ")
    assert logged[0].endswith("make_names.py 0")
    assert {"made names for ***", "and complained"} <= set(logged)
    assert logged[-1] == "exit code 0"


def test_a_failing_generator_stops_the_package(
    tmp_path: Path, report: Reports, make_application: MakeApplication
) -> None:
    application = make_application({"app.py": "def hello(): pass\n"})
    project(tmp_path, 'generate = "python make_names.py 3"')
    with pytest.raises(PackageError, match=r"make_names\.py 3` ended with exit code 3") as caught:
        collect(application, report=report)
    assert "and complained" in str(caught.value)
    assert list((tmp_path / ".sparta").glob("*.zip")) == []


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        ("generate = 3", "it is no command"),
        ('generate = ["a", 3]', "it is no command"),
        ('generate = "\'a"', "No closing quotation"),
        ('generate = "no-such-program"', "ended with exit code 127"),
    ],
)
def test_what_is_no_command_is_named(
    tmp_path: Path, report: Reports, setting: str, what: str
) -> None:
    folder, log = project(tmp_path, setting)
    with pytest.raises(PackageError, match=what):
        generate(folder, report, log)


def test_no_setting_runs_nothing(tmp_path: Path, report: Reports) -> None:
    folder, log = project(tmp_path, "")
    generate(folder, report, log)
    (folder / "pyproject.toml").unlink()
    generate(folder, report, log)
    assert report.messages == []
    assert not log.path.exists()
