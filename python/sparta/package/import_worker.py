"""Imports functions as Lambda does; run as a program by the interpreter of the functions' Python.

Standard input holds one Python literal, a dictionary: `task_root`, `path` (what stands before the
standard library on the search path), `stand_ins` (module -> folder: what the managed runtime has),
`preloaded` (what Lambda's client has imported), and `groups`, each with its `environment` and the
`entries` of `index` to get. The file `answer` gets one literal for each group that failed.

Every group is a process of its own, forked before anything of the application is imported: what
one function imports cannot hide what another one lacks. A group is what one import stands for:
functions of one module with the same environment. Only `sys` and `os` are imported here, for
the same reason.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

MAX_FRAMES = 200


class StandIns:
    """Finds the modules of the managed runtime, one by one, and nothing that stands beside them."""

    def __init__(self, folders: "dict[str, str]") -> None:
        self._folders = folders

    def find_spec(
        self, name: str, path: object = None, target: "ModuleType | None" = None
    ) -> "ModuleSpec | None":
        """Return where a top-level module is; None for all others."""
        folder = self._folders.get(name)
        if path is not None or folder is None:
            return None
        from _frozen_importlib_external import PathFinder  # `importlib.machinery` would stay

        return PathFinder.find_spec(name, [folder], target)


def prepare(job: "dict[str, Any]") -> None:
    """Set up search path and finders as a function has them."""
    for name in job["preloaded"]:
        __import__(name)
    own = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - nothing else imported
    sys.path[:] = [*job["path"], *(entry for entry in sys.path if entry != own)]
    sys.meta_path.append(StandIns(job["stand_ins"]))
    folders = [folder for folder in job["path"] if os.path.isdir(folder)]  # noqa: PTH112 - as above
    marked = [folder for folder in folders if any(n.endswith(".pth") for n in os.listdir(folder))]  # noqa: PTH208
    if marked:
        import site

        for folder in marked:
            site.addsitedir(folder)


def failures(group: "dict[str, Any]", task_root: str) -> "list[dict[str, Any]]":
    """Import the entries of one group; return what went wrong with each that failed."""
    os.environ.clear()
    os.environ.update(group["environment"])
    os.chdir(task_root)
    found = []
    for name in group["entries"]:
        try:
            getattr(__import__("index"), name)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is reported
            found.append(described(error) | {"entries": [name]})
    return found


def described(error: BaseException) -> "dict[str, Any]":
    """Return an error as plain values, with the file and line of each frame."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        frames.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((error.filename, error.lineno or 0))
    kind = type(error)
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - a class of the user's
        text = ""
    return {
        "kind": kind.__name__,
        "bases": [f"{one.__module__}.{one.__name__}" for one in kind.__mro__],
        "text": text,
        "missing": getattr(error, "name", None) if kind is ModuleNotFoundError else None,
        "frames": frames[-MAX_FRAMES:],
    }


def answered(answer: str, found: "dict[str, Any]") -> None:
    """Add one line to the answer, in one write: other processes add theirs."""
    line = repr(found).encode("utf-8", "backslashreplace") + b"\n"
    handle = os.open(answer, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, line)
    os.close(handle)


def one(group: "dict[str, Any]", job: "dict[str, Any]") -> None:
    """Check one group in this process."""
    for found in failures(group, job["task_root"]):
        answered(job["answer"], found)


def forked(group: "dict[str, Any]", job: "dict[str, Any]") -> int:
    """Check one group in a process of its own; return its id."""
    child = os.fork()
    if child:
        return child
    try:
        one(group, job)
    finally:
        os._exit(0)


def ended(running: "dict[int, dict[str, Any]]", job: "dict[str, Any]") -> None:
    """Wait for one process; one that did not end by itself is a failure too."""
    child, status = os.wait()
    group = running.pop(child)
    if status:
        text = f"the process ended with {os.waitstatus_to_exitcode(status)} while it was imported"
        found: dict[str, Any] = {
            "kind": "",
            "bases": [],
            "text": text,
            "missing": None,
            "frames": [],
        }
        answered(job["answer"], {**found, "entries": group["entries"]})


def main() -> None:
    """Check every group."""
    job = eval(sys.stdin.read(), {"__builtins__": {}})  # noqa: S307 - our own program's literal
    prepare(job)
    if not hasattr(os, "fork"):
        for group in job["groups"]:
            one(group, job)
        return
    running: dict[int, Any] = {}
    for group in job["groups"]:
        if len(running) >= job["processes"]:
            ended(running, job)
        running[forked(group, job)] = group
    while running:
        ended(running, job)


if __name__ == "__main__":
    main()
