"""The imports of one function, as Lambda runs them: each run is a process of its own."""

from __future__ import annotations

import ast
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.measure import import_tracer
from sparta.measure.import_tree import Edge, Module, Saving, modules_of, savings
from sparta.measure.subject import MeasureError
from sparta.package import import_worker

if TYPE_CHECKING:
    from sparta.app.function import Function
    from sparta.measure.unpacked import Unpacked

RUNS = 5
LIMIT_S = 120
CLIENT = ("awslambdaric.bootstrap",)
"""What AWS's client has imported before the function; the native core imports next to nothing."""


@dataclass(frozen=True, slots=True)
class Imports:
    """What a function's import took.

    Args:
        modules: In the order of loading.
        savings: What to drop, the biggest first.
    """

    modules: tuple[Module, ...]
    savings: tuple[Saving, ...]

    @property
    def cpu_ms(self) -> float:
        """The CPU time of all of it, in milliseconds."""
        return sum(one.own_ms for one in self.modules)


def imports_of(archive: Unpacked, function: Function[Any, Any], runs: int = RUNS) -> Imports:
    """Import the function `runs` times to be timed, after once to learn who asks for what.

    Raises:
        MeasureError: It cannot be imported; says why.
    """
    edges = _run(archive, function, edges=True)["edges"]  # it fills the page cache, too
    modules = modules_of([_run(archive, function)["loads"] for _ in range(runs)])
    found = savings(modules, [Edge(*edge) for edge in edges], archive.own_file)
    return Imports(tuple(modules), tuple(found))


def _run(archive: Unpacked, function: Function[Any, Any], *, edges: bool = False) -> dict[str, Any]:
    layers = archive.layer_root(function)
    with tempfile.TemporaryDirectory(prefix="sparta-") as folder:
        answer = Path(folder) / "answer"
        job = {
            "worker": import_worker.__file__,
            "path": [str(archive.task_root), *([str(layers / "python")] if layers else [])],
            "stand_ins": {},
            "runtime_path": str(archive.runtime.site_packages),
            "preloaded": CLIENT if archive.application.runtime == "python" else (),
            "environment": archive.environment(function),
            "task_root": str(archive.task_root),
            "entry": function.entry_name,
            "edges": edges,
            "answer": str(answer),
        }
        try:
            run = subprocess.run(  # noqa: S603 - our own program
                [str(archive.runtime.interpreter), "-I", "-S", "-B", import_tracer.__file__],
                input=repr(job).encode(),
                capture_output=True,
                env={"PYTHONUTF8": "1"},
                timeout=LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise MeasureError(
                f"its import takes longer than {LIMIT_S} seconds", where=function.declared_at
            ) from error
        if run.returncode != 0 or not answer.exists():
            said = run.stderr.decode("utf-8", "replace").strip()[-2000:]
            raise MeasureError(f"it cannot be imported:\n{said}", where=function.declared_at)
        found: dict[str, Any] = ast.literal_eval(answer.read_text("utf-8"))
        return found
