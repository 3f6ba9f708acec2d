"""Imports every function from the finished archive, so that one that cannot start never ships.

What was made is unpacked and imported by an interpreter of the functions' version, with the search
path, the environment and the managed runtime's packages that Lambda has, and nothing else of this
machine. Functions are apart from each other: see `import_worker`.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import platform
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.app.layers import layers_of
from sparta.errors import PackageError
from sparta.package import cache, import_worker, interpreters
from sparta.package.check_files import LIBRARY
from sparta.package.import_environment import variables
from sparta.package.import_problem import problems_of, unclear
from sparta.package.packaged import SPARTA
from sparta.package.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sparta.app.application import Application
    from sparta.package.packaged import Package
    from sparta.package.report import Report

IN_RUNTIME = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
"""What the managed runtime has; here they are those beside Sparta itself."""
PRELOADED = ("json", "logging", "traceback", "importlib.util", "decimal", "http.client", "warnings")
"""What AWS's client has imported before a handler's module; Sparta's core imports nothing."""
LIMIT_S = 120


def check(application: Application, package: Package, report: Report) -> tuple[str, ...]:
    """Import every function; return notes on what could not be told.

    Args:
        application: What is in the archive.
        package: The archive and its layers.
        report: Told that it is done; silent where the same archive was found good before.

    Raises:
        PackageError: With every function that cannot be imported, and the line that fails.
    """
    interpreter = interpreters.find(application.python)
    reason = _reason_not_to(application, package, interpreter)
    if interpreter is None or reason:
        return (f"imports are not checked: {reason}",)
    kept = application.project / ".sparta" / "cache"
    with tempfile.TemporaryDirectory(prefix="sparta-") as name:
        root = Path(name) / "task"
        jobs = _jobs(application, package, root, kept, apart=False)
        mark = kept / "imported" / _key(package, interpreter, repr(jobs).replace(name, ""))
        if mark.exists():
            mark.touch()
            return ()
        report("Importing functions as Lambda does", Functions=len(application.functions))
        with zipfile.ZipFile(package.archive) as archive:
            archive.extractall(root)
        failures = _run_all(interpreter, jobs, Path(name))
        if failures:  # of which function, only each by itself can tell
            jobs = _jobs(application, package, root, kept, apart=True)
            failures = _run_all(interpreter, jobs, Path(name))
    broken = [failure for failure in failures if not unclear(failure)]
    if broken:
        raise PackageError.of(problems_of(application, package, broken, root))
    if failures:
        return tuple(_note(failure) for failure in failures)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    cache.drop_unused(mark.parent)
    return ()


def _reason_not_to(application: Application, package: Package, interpreter: Path | None) -> str:
    """Return why this machine cannot tell what Lambda would do; "" when it can."""
    if interpreter is None:
        return f"Python {application.python} is not installed here"
    every = [*package.files, *(file for one in package.layers.values() for file in one.files)]
    compiled = [file for file in every if file.owner != SPARTA and LIBRARY.fullmatch(file.path)]
    target = Target(application.python, application.architecture)
    here = (platform.system(), platform.machine(), platform.libc_ver()[0])
    if compiled and here != ("Linux", target.processor, "glibc"):
        return f"{compiled[0].path} is for Linux on {application.architecture}"
    return ""


def _key(package: Package, interpreter: Path, jobs: str) -> str:
    layers = (one.sha256 for one in package.layers.values())
    return cache.key_of(_WORKER.read_bytes(), str(interpreter), jobs, package.sha256, *layers)


def _jobs(
    application: Application, package: Package, root: Path, kept: Path, *, apart: bool
) -> list[dict[str, Any]]:
    """Return what to import: a job for each search path, in it a group for each process.

    Args:
        application: What to import.
        package: Its archive and layers.
        root: Where the archive is unpacked.
        kept: Where layers are kept unpacked.
        apart: Whether functions of one module that use other resources are imported one by one;
            else in one process that knows none of the others' resources, which asks for more.
    """
    jobs: dict[tuple[str, ...], dict[str, Any]] = {}
    for function in application.functions:
        layers = tuple(layers_of(function, package.layers))
        job = jobs.setdefault(
            layers,
            {
                "task_root": str(root),
                "path": [str(root), *_layer_folders(package.layers, layers, kept)],
                "stand_ins": _stand_ins(),
                "preloaded": PRELOADED if application.runtime == "python" else (),
                "processes": os.cpu_count() or 1,
                "groups": {},
            },
        )
        alike = (
            application.entries[function.entry_name].module,
            tuple(sorted(function.environment.items())),
            function.used_resources if apart else (),
        )
        job["groups"].setdefault(alike, []).append(function)
    for job in jobs.values():
        job["groups"] = [
            {
                "environment": variables(application, functions, root),
                "entries": [function.entry_name for function in functions],
            }
            for functions in job["groups"].values()
        ]
    return list(jobs.values())


def _layer_folders(packages: Mapping[str, Package], names: Sequence[str], kept: Path) -> list[str]:
    """Return the unpacked layers; Lambda merges them, a later one over those before it."""
    folders = []
    for name in reversed(names):
        layer = packages[name]

        def unpack(folder: Path, archive: Path = layer.archive) -> None:
            with zipfile.ZipFile(archive) as file:
                file.extractall(folder)

        folders.append(str(cache.entry(kept / "unpacked", layer.sha256, unpack) / "python"))
    return folders


def _stand_ins() -> dict[str, str]:
    """Return where each of the managed runtime's packages stands on this machine."""
    found = {name: importlib.util.find_spec(name) for name in IN_RUNTIME}
    return {
        name: str(Path(spec.origin).parents[0 if name == "six" else 1])
        for name, spec in found.items()
        if spec is not None and spec.origin is not None
    }


def _run_all(
    interpreter: Path, jobs: Sequence[Mapping[str, Any]], folder: Path
) -> list[dict[str, Any]]:
    return [failure for job in jobs for failure in _run(interpreter, job, folder)]


def _run(interpreter: Path, job: Mapping[str, Any], folder: Path) -> list[dict[str, Any]]:
    """Run one job; return what failed."""
    answer = folder / "answer"
    answer.unlink(missing_ok=True)
    task = {**job, "answer": str(answer)}
    with subprocess.Popen(  # noqa: S603 - our own program
        [str(interpreter), "-I", "-S", "-B", str(_WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={"PYTHONUTF8": "1"} | {k: v for k, v in os.environ.items() if k == "SYSTEMROOT"},
        start_new_session=True,
    ) as worker:
        try:
            _, said = worker.communicate(repr(task).encode(), timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            _end(worker)
            return [_given_up(job)]
        except BaseException:  # Ctrl-C does not reach a session of its own
            _end(worker)
            raise
    if worker.returncode != 0:
        raise PackageError(
            f"{interpreter} could not import the archive",
            where=said.decode(errors="replace").strip()[-2000:],
            fix="check that this interpreter runs, or give --no-import-check",
        )
    lines = answer.read_text("utf-8").splitlines() if answer.exists() else []
    return [ast.literal_eval(line) for line in sorted(lines)]


def _end(worker: subprocess.Popen[bytes]) -> None:
    """End the worker and every process that it forked."""
    if hasattr(os, "killpg"):
        import signal

        os.killpg(worker.pid, signal.SIGKILL)
    worker.kill()


def _given_up(job: Mapping[str, Any]) -> dict[str, Any]:
    entries = [entry for group in job["groups"] for entry in group["entries"]]
    text = f"importing takes longer than {LIMIT_S} seconds"
    return {"kind": "", "bases": ["builtins.TimeoutError"], "text": text, "entries": entries}


def _note(failure: Mapping[str, Any]) -> str:
    functions = ", ".join(failure["entries"])
    text = f"{failure['kind']}: {failure['text']}" if failure["kind"] else failure["text"]
    return f"the import of {functions} is not checked, it asks for what is not here: {text}"


_WORKER = Path(import_worker.__file__)
