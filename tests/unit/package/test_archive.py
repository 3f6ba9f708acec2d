from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from sparta.errors import PackageError
from sparta.package import archive
from sparta.package.packaged import APPLICATION, PackagedFile

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    PackagedFile("b/two.py", "idna", content=b"x = 2\n"),
    PackagedFile("a.py", APPLICATION, content=b"x = 1\n"),
    PackagedFile("bootstrap", "sparta", content=b"#!/bin/sh\n", executable=True),
)


def test_entries_are_sorted_and_have_fixed_times_and_modes(tmp_path: Path) -> None:
    package = archive.write(FILES, tmp_path / "made" / "Shop-code.zip", notes=("one",))
    with zipfile.ZipFile(package.archive) as written:
        entries = written.infolist()
        assert written.testzip() is None
    assert [entry.filename for entry in entries] == ["a.py", "b/two.py", "bootstrap"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    assert [oct(entry.external_attr >> 16) for entry in entries] == [
        "0o100644",
        "0o100644",
        "0o100755",
    ]
    assert package.unzipped_bytes == 22
    assert package.size_bytes == package.archive.stat().st_size
    assert package.sha256 == hashlib.sha256(package.archive.read_bytes()).hexdigest()
    assert package.notes == ("one",)


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    one = archive.write(FILES, tmp_path / "one.zip")
    two = archive.write(reversed(FILES), tmp_path / "two.zip")
    assert one.sha256 == two.sha256


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    files = (*FILES, PackagedFile("a.py", "idna", content=b""))
    with pytest.raises(PackageError, match=r"a\.py comes from application and from idna"):
        archive.write(files, tmp_path / "Shop-code.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    missing = PackagedFile("x.py", APPLICATION, source=tmp_path / "missing.py")
    with pytest.raises(FileNotFoundError):
        archive.write((missing,), tmp_path / "Shop-code.zip")
    assert list(tmp_path.iterdir()) == []
