"""Sparta's subjects: the applications beside this, as `provision --noop` packages them."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from subjects.archive import dependencies, without_bytecode, zip_bytes
from subjects.aws_client import served
from subjects.entry import Entry
from subjects.names import HANDLER, NATIVE, PURE, TAKEOVER
from subjects.places import APPLICATIONS, LOCKS
from subjects.run import run

if TYPE_CHECKING:
    from sparta.measure.subject import Subject
    from subjects.entry import Site

RUNNING = f"{sys.version_info[0]}.{sys.version_info[1]}"
CONFIGURATION = "[tool.sparta]\nlayer-over-mb = 1000  # one archive is what is unpacked\n"
FEW = {"hello": "hello", "orders": "orders", "orders_invalid": "orders"}
ALL = {
    **FEW,
    "sqs_batch": "sqs_batch",
    "json_1mb": "json_document",
    "json_5mb": "json_document",
    "typical": "typical",
    "heavy": "heavy",
}
"""By workload, the application."""
LOCKED = {"typical": "typical", "heavy": "heavy"}
"""By application, the lock of what it imports."""


class Way(NamedTuple):
    """A way to run an application.

    Args:
        options: Of `provision`.
        module: Of the handler setting.
        own: Whether the archive's own exec wrapper starts it, not AWS's client.
        workloads: By workload, the application.
    """

    options: tuple[str, ...]
    module: str
    own: bool
    workloads: dict[str, str]


WAYS = {
    PURE: Way(("--runtime", "python"), "index", False, ALL),
    NATIVE: Way(("--runtime", "native"), "index", True, ALL),
    TAKEOVER: Way(("--runtime", "native", "--door", "takeover"), "_sparta_takeover", False, FEW),
    HANDLER: Way(("--runtime", "native", "--door", "handler"), "_sparta_handler", False, FEW),
}


def packaged(site: Site, name: str, workloads: frozenset[str] = frozenset(ALL)) -> list[Entry]:
    """Return the entries of one way, those of `workloads` and what follows from them."""
    way, entries, roots = WAYS[name], [], dict[str, tuple[Path, int]]()
    for workload, application in way.workloads.items():
        if workload not in workloads:
            continue
        if application not in roots:
            roots[application] = _packaged(site, name, application, way.options)
        root, size = roots[application]
        entries.append(Entry(workload, _subject(site, name, root, size)))
    if "heavy" in roots:
        again = site.folder(_slug(name), "heavy_sources")
        root = without_bytecode(roots["heavy"][0], again)
        never = {"PYTHONDONTWRITEBYTECODE": "1"}  # /var/task cannot be written to
        subject = _subject(site, name, root, zip_bytes(root), **never)
        entries.append(Entry("heavy_no_bytecode", subject))
    return entries


def _subject(site: Site, name: str, root: Path, size: int, **more: str) -> Subject:
    way = WAYS[name]
    command = bootstrap(root, site.python) if way.own else None
    return served(site, name, root, f"{way.module}.handler", size, command=command, variables=more)


def _packaged(
    site: Site, name: str, application: str, options: tuple[str, ...]
) -> tuple[Path, int]:
    """Package an application; returns the folder it is unpacked in, and the archive's size."""
    site.say(f"packaging {application} for {name}")
    folder = site.folder(_slug(name), application)
    shutil.rmtree(folder, ignore_errors=True)
    project = folder / "project"
    ignored = shutil.ignore_patterns(".sparta", "__pycache__")
    shutil.copytree(APPLICATIONS / application, project, ignore=ignored)
    app = project / "app.py"
    before, call, after = app.read_text(encoding="utf-8").partition("sparta.main(")
    named = re.sub(r"\b(functions|api)=", rf'python="{site.minor}", \1=', after, count=1)
    app.write_text(before + call + named, encoding="utf-8")
    (project / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")
    environment = dict(os.environ)
    if application in LOCKED:
        lock = LOCKED[application]
        shutil.copy(LOCKS / f"{lock}.txt", project / "requirements.txt")
        options += ("--bundle-boto3",)
        # Sparta imports the application to read it: by this interpreter, with what it needs.
        own = dependencies(site, lock, Path(sys.executable), RUNNING)
        environment["PYTHONPATH"] = str(own)
    run([sys.executable, "app.py", "provision", "--noop", *options], project, environment)
    (archive,) = (project / ".sparta").glob("*-code.zip")
    task = folder / "task"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(task)
    return task, archive.stat().st_size


def bootstrap(task_root: Path, python: Path) -> list[str]:
    """Return the command of an exec wrapper's first line, with this machine's interpreter."""
    file = task_root / "bootstrap"
    first = file.read_text(encoding="utf-8").splitlines()[0]
    return [str(python), *first.split()[1:], str(file)]


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())
