from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.errors import PackageError
from sparta.package.modes import executable
from sparta.package.settings import Environment, Settings, settings_of

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
[tool.sparta]
layer-over-mb = 0.5
allow-secrets = ["a/*"]
allow-libraries = ["b.so"]
[tool.sparta.environments.test]
bucket = "code"
[tool.sparta.environments.live]
tags = {a = "b"}
"""
BAD = (
    "layer-over-mb = -1",
    "layer-over-mb = true",
    'layer-over-mb = "10"',
    'allow-secrets = "a"',
    "allow-libraries = [1]",
    "environments = []",
    "environments.test = 1",
    "environments.test.bucket = 1",
    "environments.test.tags = {a = 1}",
    'environments.test.buckets = "a"',
    'environments."../test".bucket = "a"',
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert settings_of(tmp_path) == Settings()
    (tmp_path / "pyproject.toml").write_text(GOOD)
    environments = {"test": Environment("code"), "live": Environment("", {"a": "b"})}
    assert settings_of(tmp_path) == Settings(0.5, ("a/*",), ("b.so",), environments)


@pytest.mark.parametrize("line", BAD)
def test_what_is_wrong_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.sparta]\n{line}\n")
    with pytest.raises(PackageError) as caught:
        settings_of(tmp_path)
    (problem,) = caught.value.problems
    assert problem.where == str(tmp_path / "pyproject.toml")
    assert line.split(" =", maxsplit=1)[0].split(".", maxsplit=1)[0] in problem.what


def test_where_there_are_no_modes_the_first_bytes_say_what_is_a_program(tmp_path: Path) -> None:
    for name, content in {"run": b"#!/bin/sh\n", "lib.so": b"\x7fELF\x02", "a.py": b""}.items():
        (tmp_path / name).write_bytes(content)
    found = [executable(tmp_path / name, has_modes=False) for name in ("run", "lib.so", "a.py")]
    assert found == [True, True, False]
    assert not executable(tmp_path / "run", has_modes=True)
