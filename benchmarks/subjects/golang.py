"""AWS's Go runtime, and the Go halves of the original's designs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from subjects.archive import zip_bytes
from subjects.aws_client import served
from subjects.entry import Entry
from subjects.names import GO
from subjects.places import SOURCES
from subjects.run import program, run
from subjects.rust import FUNCTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from subjects.entry import Site


def golang(site: Site) -> list[Entry]:
    """Return an entry for each workload that it serves."""
    folder = site.folder("go")
    binary = folder / "bootstrap"
    built("runtime", binary)
    size = zip_bytes(folder)
    return [
        Entry(workload, served(site, GO, folder, function, size, command=[str(binary)]))
        for workload, function in FUNCTIONS.items()
    ]


def built(name: str, output: Path, *, library: bool = False) -> None:
    """Build one of the Go programs, as AWS advises: stripped, without what only its RPC needs.

    Args:
        name: Its folder.
        output: Where the program goes.
        library: Whether to build a C library, which takes a C compiler.

    Raises:
        NotHereError: There is no go, no C compiler, or what it needs is not at hand.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    command = [program("go"), "build", "-trimpath", "-ldflags=-s -w", "-tags=lambda.norpc"]
    if library:
        program("gcc")
        command.append("-buildmode=c-shared")
    variables = {"CGO_ENABLED": "1" if library else "0", "GOTOOLCHAIN": "local"}
    environment = {**os.environ, **variables, "GOFLAGS": "-mod=readonly -buildvcs=false"}
    run([*command, "-o", output, f"./{name}"], SOURCES / "go", environment)
