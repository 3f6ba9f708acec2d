from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.errors import PackageError
from sparta.package.packaged import APPLICATION, PackagedFile
from sparta.package.slice.archived import sliced

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import MakeApplication, Reports

APP = "import boto3\n\ns3 = boto3.client('s3')\n\n\ndef hello(event):\n    return event\n"


def files(text: str = APP) -> list[PackagedFile]:
    return [PackagedFile("app.py", APPLICATION, content=text.encode())]


def test_slices_and_their_report_are_kept(
    make_application: MakeApplication, tmp_path: Path, report: Reports
) -> None:
    application = make_application({"app.py": APP})
    found = sliced(application, files(), report, wanted=True)
    folder = tmp_path / ".sparta" / "Shop-slices"
    assert (folder / "hello.py").read_bytes() == found["hello"].content
    text = (folder / "report.txt").read_text()
    assert "hello: app.py without boto3" in text
    assert "dropped      3  s3 = boto3.client('s3')" in text
    shown = {"Functions": "1 of 1", "Without": "boto3", "Report": ".sparta/Shop-slices"}
    assert report.messages == [("Sliced functions", shown)]


def test_report_says_why_a_module_is_left_alone(
    make_application: MakeApplication, tmp_path: Path, report: Reports
) -> None:
    application = make_application({"app.py": APP})
    assert sliced(application, files(f"from math import *\n{APP}"), report, wanted=True) == {}
    text = (tmp_path / ".sparta" / "Shop-slices" / "report.txt").read_text()
    assert text.startswith("hello: app.py is left whole: line 1: a star import")
    assert report.messages == []


@pytest.mark.parametrize(
    ("pyproject", "wanted"), [("", False), ("[tool.sparta]\nslice = false\n", True)]
)
def test_turned_off_there_is_nothing_of_before(
    make_application: MakeApplication,
    tmp_path: Path,
    report: Reports,
    pyproject: str,
    wanted: bool,
) -> None:
    application = make_application({"app.py": APP})
    sliced(application, files(), report, wanted=True)
    (tmp_path / "pyproject.toml").write_text(pyproject)
    assert sliced(application, files(), report, wanted=wanted) == {}
    assert not (tmp_path / ".sparta" / "Shop-slices").exists()


@pytest.mark.parametrize("text", ['slice = "no"', "slice = 1", "slice = ["])
def test_setting_that_cannot_be_read(
    make_application: MakeApplication, tmp_path: Path, report: Reports, text: str
) -> None:
    application = make_application({"app.py": APP})
    (tmp_path / "pyproject.toml").write_text(f"[tool.sparta]\n{text}\n")
    with pytest.raises(PackageError, match=r"slice|TOML"):
        sliced(application, files(), report, wanted=True)
