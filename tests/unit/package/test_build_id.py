"""The build id of an archive: of its content, and of nothing else."""

from __future__ import annotations

from sparta.package.index import build_id_of, index_of
from sparta.package.packaged import APPLICATION, SPARTA, PackagedFile


def file(path: str, content: bytes, owner: str = APPLICATION) -> PackagedFile:
    return PackagedFile(path, owner, content=content)


def test_the_same_files_have_the_same_id_in_any_order() -> None:
    files = [file("a.py", b"1"), file("b.py", b"2")]
    assert build_id_of(files) == build_id_of(reversed(files))
    assert len(build_id_of(files)) == 40


def test_any_change_of_path_or_content_changes_it() -> None:
    ids = {
        build_id_of(files)
        for files in (
            [file("a.py", b"1"), file("b.py", b"2")],
            [file("a.py", b"1"), file("b.py", b"3")],
            [file("a.py", b"1"), file("c.py", b"2")],
            [file("a.py", b"1")],
            [file("a.py", b"1b.py\x002"), file("b.py", b"")],
            [],
        )
    }
    assert len(ids) == 6


def test_who_owns_a_file_does_not_matter() -> None:
    assert build_id_of([file("a", b"1")]) == build_id_of([file("a", b"1", SPARTA)])


def test_it_stands_in_the_index() -> None:
    assert 'BUILD_ID = "5eed"' in index_of({}, "5eed").read().decode().replace("'", '"')
