"""Environments are whole or absent, and made again when what they are made of changes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sparta.errors import LocalError
from sparta.local import installed

PYTHON = Path(sys.executable)


@pytest.fixture
def requirements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of requirements, in a cache that starts empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(installed, "REQUIREMENTS", tmp_path)
    (tmp_path / "toy.txt").write_text("", "utf-8")
    return tmp_path


def made(requirements: Path) -> list[str]:
    folder = requirements / "cache" / "sparta" / "local"
    return sorted(path.name for path in folder.iterdir())


def test_an_environment_is_made_once(requirements: Path) -> None:
    reports: list[str] = []
    first = installed.environment("toy", PYTHON, lambda text, **_fields: reports.append(text))
    again = installed.environment("toy", PYTHON, lambda text, **_fields: reports.append(text))
    assert first == again
    assert installed.python_of(first).exists()
    assert len(reports) == 1
    assert made(requirements) == ["install.lock", first.name]


def test_other_requirements_are_another_environment(requirements: Path) -> None:
    first = installed.environment("toy", PYTHON)
    (requirements / "toy.txt").write_text("# changed\n", "utf-8")
    assert installed.environment("toy", PYTHON) != first


def test_a_failed_installation_leaves_nothing_and_says_why(requirements: Path) -> None:
    wheel = requirements / "absent-1.0-py3-none-any.whl"
    line = f"absent @ file://{wheel} --hash=sha256:{'0' * 64}\n"
    (requirements / "toy.txt").write_text(line, "utf-8")
    with pytest.raises(LocalError, match=r"cannot install(.|\n)*absent"):
        installed.environment("toy", PYTHON)
    assert made(requirements) == ["install.lock"]


def test_what_an_interrupted_installation_left_is_removed(requirements: Path) -> None:
    leftover = requirements / "cache" / "sparta" / "local" / ".incomplete-x" / "environment"
    leftover.mkdir(parents=True)
    folder = installed.environment("toy", PYTHON)
    assert made(requirements) == ["install.lock", folder.name]


def test_an_environment_whose_interpreter_is_gone_is_made_again(requirements: Path) -> None:
    folder = installed.environment("toy", PYTHON)
    installed.python_of(folder).unlink()
    assert installed.environment("toy", PYTHON) == folder
    assert installed.python_of(folder).exists()
    assert made(requirements) == ["install.lock", folder.name]


def test_without_uv_pip_does_it(requirements: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "_uv", lambda: None)
    folder = installed.environment("toy", PYTHON)
    assert installed.python_of(folder).exists()
    assert made(requirements) == ["install.lock", folder.name]


@pytest.mark.parametrize("name", ["ministack", "runtime"])
def test_every_pinned_package_has_hashes_and_no_index(name: str) -> None:
    folder = Path(installed.__file__).parent / "requirements"
    text = (folder / f"{name}.txt").read_text("utf-8")
    packages = [block for block in text.split("\n") if "==" in block and block[0] != " "]
    assert packages
    assert text.count("--hash=sha256:") >= len(packages)
    assert all(block.endswith("\\") for block in packages)
    assert "http" not in text
    pins = [
        line for line in (folder / f"{name}.in").read_text("utf-8").splitlines() if line[0] != "#"
    ]
    assert all(f"{pin} \\" in text for pin in pins)
