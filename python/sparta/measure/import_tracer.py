"""Imports one function and says what each module took; run as a program, by the target's Python.

Standard input holds one Python literal: `worker` (the file of `package.import_worker`, which sets
up the search path), its `path` and `stand_ins`, `runtime_path` (what stands behind `path`),
`preloaded` (what Lambda's client has imported), `environment`, `task_root`, `entry`, `edges` and
`answer`, the file that gets one literal: `loads`, for each module that was loaded its name, the
index of the load within which that happened (-1: none), CPU and wall nanoseconds, whether it was
found; `edges`, for each import its module, file, line, and the module that was asked for.

Only what an interpreter has loaded anyway is imported here: nothing that the function needs is
hidden. Recording every import takes time: `edges` asks for it, in a run that is not counted.
"""

import builtins
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

OWN = (__file__, "<frozen importlib")


def asked_by(frame: "FrameType | None") -> "tuple[str, str, int]":
    """Return module, file and line of the import statement, past the import system's frames."""
    while frame is not None and frame.f_code.co_filename.startswith(OWN):
        frame = frame.f_back
    if frame is None:
        return "", "", 0
    return str(frame.f_globals.get("__name__")), frame.f_code.co_filename, frame.f_lineno


def record_loads(loads: "list[list[Any]]", edges: "list[Any] | None") -> None:
    """Have the import system tell each module that it loads, in nanoseconds."""
    system: Any = sys.modules["_frozen_importlib"]
    original = system._find_and_load  # noqa: SLF001 - the one place all loads pass
    within = [-1]

    def find_and_load(name: str, load: "Callable[..., Any]") -> object:
        if edges is not None:
            edges.append((*asked_by(sys._getframe(1)), name))  # noqa: SLF001
        if name in sys.modules:
            return original(name, load)
        entry = [name, within[-1], 0, 0, False]
        within.append(len(loads))
        loads.append(entry)
        wall_ns, cpu_ns = time.perf_counter_ns(), time.process_time_ns()
        try:
            return original(name, load)
        finally:
            entry[2:] = (
                time.process_time_ns() - cpu_ns,
                time.perf_counter_ns() - wall_ns,
                name in sys.modules,
            )
            within.pop()

    system._find_and_load = find_and_load  # noqa: SLF001


def record_statements(edges: "list[Any]") -> None:
    """Have `__import__` tell each statement, also where the module was there already."""
    original = builtins.__import__

    def importing(
        name: str,
        names: "dict[str, Any] | None" = None,
        local: object = None,
        wanted: "tuple[str, ...] | None" = (),
        level: int = 0,
    ) -> object:
        found: object = original(name, names, local, wanted or (), level)  # type: ignore[arg-type]
        place = asked_by(sys._getframe(1))  # noqa: SLF001
        if level:
            package = str((names or {}).get("__package__") or (names or {}).get("__name__"))
            base = package.rsplit(".", level - 1)[0] if level > 1 else package
            name = f"{base}.{name}" if name else base
        edges.append((*place, name))
        edges.extend(
            (*place, f"{name}.{one}") for one in wanted or () if f"{name}.{one}" in sys.modules
        )
        return found

    builtins.__import__ = importing  # type: ignore[assignment]


def main() -> None:
    """Import the entry, and write down what that took."""
    job: dict[str, Any] = eval(sys.stdin.read(), {"__builtins__": {}})  # noqa: S307 - our literal
    worker: dict[str, Any] = {"__name__": "import_worker", "__file__": job["worker"]}
    with open(job["worker"], encoding="utf-8") as file:  # noqa: PTH123 - nothing else is imported
        exec(compile(file.read(), job["worker"], "exec"), worker)  # noqa: S102 - our own file
    own = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - as above
    sys.path[:] = [entry for entry in sys.path if entry != own]
    worker["prepare"]({**job, "preloaded": ()})
    sys.path.insert(len(job["path"]), job["runtime_path"])
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["task_root"])
    for name in job["preloaded"]:
        __import__(name)
    loads: list[list[Any]] = []
    edges: list[Any] = []
    record_loads(loads, edges if job["edges"] else None)
    if job["edges"]:
        record_statements(edges)
    getattr(__import__("index"), job["entry"])
    found = {"loads": list(loads), "edges": list(edges)}
    with open(job["answer"], "w", encoding="utf-8") as file:  # noqa: PTH123 - as above
        file.write(repr(found))
        file.flush()
    os._exit(0)  # threads that an import started are no reason to wait


if __name__ == "__main__":
    main()
