"""Our reading of `.gitignore` against git's own, on the same files."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparta.package import gitignore, listing

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "a.log",
    "a.txt",
    "build/a.txt",
    "build/deep/a.txt",
    "docs/build/a.txt",
    "docs/a b.txt",
    "docs/x/y/z.txt",
    "docs/x1.txt",
    "src/[x].py",
    "src/!x.py",
    "src/#x.py",
    "src/main.py",
    "src/main.pyi",
)
PATTERNS = (
    "*.log",
    "build",
    "build/",
    "/build",
    "/build/",
    "docs/*",
    "docs/**",
    "docs/**/z.txt",
    "**/build",
    "**/a.txt",
    "a.txt\n!build/a.txt",
    "build/*\n!build/deep",
    "x?.txt",
    "x[0-9].txt",
    "x[!0-9].txt",
    "src/\\[x].py",
    "\\!x.py",
    "\\#x.py",
    "# a comment",
    "*.py",
    "*\n!*.py\n!src",
    "docs/a b.txt",
    "docs/a\\ b.txt",
    "a.log   ",
    "**",
    "!a.log",
    "/",
)


def tree_with(folder: Path, patterns: str) -> Path:
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (folder / ".gitignore").write_text(patterns + "\n", encoding="utf-8")
    return folder


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("patterns", PATTERNS)
def test_each_pattern_means_what_git_says(tmp_path: Path, patterns: str) -> None:
    tree_with(tmp_path, patterns)
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    by_git = listing.by_git(tmp_path)
    assert by_git is not None
    assert sorted(listing.by_walk(tmp_path)) == sorted(by_git)


def test_an_inner_file_has_the_last_word(tmp_path: Path) -> None:
    tree_with(tmp_path, "*.txt")
    (tmp_path / "docs" / ".gitignore").write_text("!x1.txt\n")
    assert "docs/x1.txt" in listing.by_walk(tmp_path)
    assert "a.txt" not in listing.by_walk(tmp_path)


@given(st.text(max_size=30), st.text(min_size=1, max_size=20))
def test_no_text_breaks_the_reading(pattern: str, path: str) -> None:
    rule = gitignore._rule(pattern, "")
    if rule is not None:
        assert gitignore.ignored(path, (rule,), is_folder=True) in (True, False)
