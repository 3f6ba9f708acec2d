"""An archive becomes what `/var/task` is: its files, its modes, read-only."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from sparta.local.unpacked import TaskRoots

if TYPE_CHECKING:
    from pathlib import Path


def archive(**files: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, mode in files.items():
            member = zipfile.ZipInfo(f"folder/{name}")
            member.external_attr = (stat.S_IFREG | mode) << 16
            file.writestr(member, name)
    return buffer.getvalue()


def test_modes_are_kept_and_nothing_is_writable(tmp_path: Path) -> None:
    folder = TaskRoots(tmp_path).of(archive(program=0o755, text=0o644, unset=0)) / "folder"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"program": 0o555, "text": 0o444, "unset": 0o444}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o555


def test_the_same_content_is_unpacked_once(tmp_path: Path) -> None:
    roots = TaskRoots(tmp_path)
    first = roots.of(archive(a=0o644))
    assert roots.of(archive(a=0o644)) == first
    assert roots.of(archive(b=0o644)) != first
    roots.remove()
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_zip_leaves_nothing_that_is_used(tmp_path: Path) -> None:
    roots = TaskRoots(tmp_path)
    for _ in range(2):
        with pytest.raises(zipfile.BadZipFile):
            roots.of(b"PK no")


def test_a_member_cannot_leave_the_folder(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("../../evil.txt", "x")
    root = tmp_path / "roots"
    root.mkdir()
    (tmp_path / "evil.txt").write_text("not evil")
    TaskRoots(root).of(buffer.getvalue())
    assert (tmp_path / "evil.txt").read_text() == "not evil"
    assert not list(tmp_path.parent.glob("evil.txt"))


def layer(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, text in files.items():
            file.writestr(f"python/{name}.py", text)
    return buffer.getvalue()


def test_layers_are_merged_and_the_last_one_stays(tmp_path: Path) -> None:
    roots = TaskRoots(tmp_path)
    first, second = layer(a="1", b="1"), layer(b="2", c="2")
    folder = roots.of(first, second) / "python"
    assert {path.stem: path.read_text() for path in folder.iterdir()} == {
        "a": "1",
        "b": "2",
        "c": "2",
    }
    assert roots.of(second, first) != folder.parent
    assert (roots.of(second, first) / "python" / "b.py").read_text() == "1"
