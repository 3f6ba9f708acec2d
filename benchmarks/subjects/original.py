"""The two designs of Sparta for Go, rebuilt: what its "1500 -> 500 ms" can be compared with."""

from __future__ import annotations

import shutil
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

from subjects.archive import task_root, zip_bytes
from subjects.aws_client import served
from subjects.entry import Entry
from subjects.golang import built
from subjects.names import ORIGINAL_LIBRARY, ORIGINAL_SIDECAR
from subjects.node import WORKLOADS, node_entries
from subjects.places import SOURCES

if TYPE_CHECKING:
    from subjects.entry import Site


def sidecar(site: Site) -> list[Entry]:
    """Return the first design: a Node shim starts a Go server, and sends it each event by HTTP."""
    folder = site.folder("original-sidecar")
    shutil.rmtree(folder, ignore_errors=True)
    built("sidecar", folder / "sidecar")
    shutil.copy(SOURCES / "node" / "shim.mjs", folder)
    port = {"SPARTA_SIDECAR_PORT": str(_free_port())}
    return [
        Entry(
            workload,
            replace(subject, environment={**subject.environment, **port}),
        )
        for workload, subject in node_entries(site, ORIGINAL_SIDECAR, "shim", folder.name)
    ]


def library(site: Site) -> list[Entry]:
    """Return the second design: a Python handler calls a Go library by ctypes, JSON both ways."""
    root = site.folder("original-library")
    task_root(site, root, ["original/index.py"], "original")
    built("library", root / "library.so", library=True)
    (root / "library.h").unlink()
    size = zip_bytes(root)
    return [
        Entry(workload, served(site, ORIGINAL_LIBRARY, root, f"index.{workload}", size))
        for workload in WORKLOADS
    ]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
