from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sparta.package import cache

if TYPE_CHECKING:
    from pathlib import Path


def test_keys_tell_parts_apart() -> None:
    assert cache.key_of("ab", "c") != cache.key_of("a", "bc")
    assert cache.key_of("ab") == cache.key_of(b"ab")


def test_a_key_of_files_sees_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("y")
    before = cache.key_of_files([one, two], tmp_path)
    assert cache.key_of_files([two, one], tmp_path) == before
    two.write_text("z")
    assert cache.key_of_files([one, two], tmp_path) != before


def test_an_entry_is_made_once(tmp_path: Path) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "file").write_text("x")

    first = cache.entry(tmp_path / "kept", "key", make)
    second = cache.entry(tmp_path / "kept", "key", make)
    assert first == second == tmp_path / "kept" / "key"
    assert len(made) == 1
    assert (first / "file").read_text() == "x"


def test_a_failure_leaves_no_entry(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.entry(tmp_path, "key", fail)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_that_make_the_same_entry_agree(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        (folder / "file").write_text("mine")
        other = tmp_path / "key"
        other.mkdir()
        (other / "file").write_text("theirs")

    found = cache.entry(tmp_path, "key", make)
    assert (found / "file").read_text() == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_what_nobody_asked_for_in_a_month_is_dropped(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "file").touch()
    month_ago_s = new.stat().st_mtime - 31 * cache.DAY_S
    os.utime(old, (month_ago_s, month_ago_s))
    cache.drop_unused(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
