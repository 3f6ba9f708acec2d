"""AWS's Node client with plain handlers; the client is no part of what is uploaded."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from subjects.archive import zip_bytes
from subjects.aws_client import served
from subjects.entry import Entry
from subjects.names import NODE
from subjects.places import SOURCES
from subjects.run import program, run

if TYPE_CHECKING:
    from subjects.entry import Site

WORKLOADS = ("hello", "orders")


def node(site: Site) -> list[Entry]:
    """Return an entry for each workload that it serves."""
    folder = site.folder("node")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(SOURCES / "node" / "functions.mjs", folder)
    return node_entries(site, NODE, "functions", "node")


def node_entries(site: Site, name: str, module: str, folder: str) -> list[Entry]:
    """Return the entries of a module under AWS's Node client."""
    root = site.folder(folder)
    size, command = zip_bytes(root), node_client(site)
    return [
        Entry(workload, served(site, name, root, handler, size, command=[*command, handler]))
        for workload in WORKLOADS
        for handler in [f"{module}.{workload}"]
    ]


def node_client(site: Site) -> list[str]:
    """Return a command that starts the client, which is installed and compiled once.

    Raises:
        NotHereError: There is no Node, or the client cannot be installed.
    """
    interpreter, installer = program("node"), program("npm")
    folder = site.cache / "node-client"
    client = folder / "node_modules" / "aws-lambda-ric"
    lock = (SOURCES / "node" / "package-lock.json").read_text(encoding="utf-8")
    marker = folder / "installed.json"
    if not marker.is_file() or marker.read_text(encoding="utf-8") != lock:
        site.say("AWS's Node client, which compiles its native part: about two minutes")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCES / "node" / name, folder)
        run([installer, "ci", "--no-audit", "--no-fund"], folder)
        run(["test", "-f", client / "rapid-client.node"], folder)
        marker.write_text(lock, encoding="utf-8")
    return [interpreter, str(client / "index.mjs")]
