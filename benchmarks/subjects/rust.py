"""AWS's Rust runtime, compiled when it is first needed.

Its sources are outside Sparta's workspace, with a lock of their own: nothing of it is part of
Sparta.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from subjects.archive import zip_bytes
from subjects.aws_client import served
from subjects.entry import Entry
from subjects.names import RUST
from subjects.places import CACHE, SOURCES
from subjects.run import program, run

if TYPE_CHECKING:
    from pathlib import Path

    from subjects.entry import Site

FUNCTIONS = {
    "hello": "hello",
    "orders": "orders",
    "sqs_batch": "sqs_batch",
    "json_1mb": "json_document",
    "json_5mb": "json_document",
}
"""By workload, what `_HANDLER` says."""


def rust(site: Site) -> list[Entry]:
    """Return an entry for each workload that it serves."""
    folder = site.folder("rust")
    folder.mkdir(parents=True, exist_ok=True)
    binary = folder / "bootstrap"
    shutil.copy(compiled(site.cache), binary)
    size = zip_bytes(folder)
    return [
        Entry(workload, served(site, RUST, folder, function, size, command=[str(binary)]))
        for workload, function in FUNCTIONS.items()
    ]


def compiled(cache: Path = CACHE) -> Path:
    """Return the program.

    Raises:
        NotHereError: There is no cargo, or it cannot compile this.
    """
    target = cache / "rust-runtime"
    command = [program("cargo"), "build", "--quiet", "--release", "--locked"]
    run([*command, "--target-dir", target], SOURCES / "rust")
    return target / "release" / "rust-runtime"
