"""What is committed fits any machine: no path of one, no registry's host, no large file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.architecture.conftest import Tree

CARGO_SOURCE = "registry+https://github.com/rust-lang/crates.io-index"
"""How Cargo.lock names its registry; Cargo accepts no other word for it."""
LARGEST_BYTES = 512 * 1024
# Each host is written in two parts, or this file would not pass its own gate.
HOSTS = [
    "py" + "pi.org", "python" + "hosted.org", "crates" + ".io", "npm" + "js.org", "npm" + "js.com",
    "proxy.go" + "lang.org", "repo1.ma" + "ven.org", "repo.ma" + "ven.apache.org",
    "deb.de" + "bian.org",
]  # fmt: skip
MACHINE_PATHS = [
    r"(?<![\w.<>${}~-])/(?:root|work|Users)/\w", r"(?<![\w.<>${}~-])/home/(?!user\b|you\b)\w",
    r"\.\./" + "shared", r"/opt/" + "wheels",
]  # fmt: skip


def lines_of(tree: Tree) -> list[tuple[Path, int, str]]:
    found = []
    for path in tree.files:
        content = path.read_bytes()
        if b"\0" not in content:
            text = content.decode("utf-8", errors="replace").replace(CARGO_SOURCE, "")
            found += [(path, number, line) for number, line in enumerate(text.splitlines(), 1)]
    assert found
    return found


@pytest.mark.parametrize("pattern", [*map(re.escape, HOSTS), *MACHINE_PATHS])
def test_no_file_names_a_registry_or_a_machine(tree: Tree, pattern: str) -> None:
    wrong = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, number, line in lines_of(tree)
        if re.search(pattern, line)
    ]
    assert wrong == []


def test_no_file_is_large(tree: Tree) -> None:
    assert [path for path in tree.files if path.stat().st_size > LARGEST_BYTES] == []


def test_nothing_built_is_committed(tree: Tree) -> None:
    built = {".so", ".pyc", ".whl", ".zip", ".a", ".o"}
    assert [path for path in tree.files if path.suffix in built] == []
