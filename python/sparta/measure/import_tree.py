"""What each module of a function's import took, and what would go with each import statement.

A module belongs to a statement if nothing else leads to it: it is looked for from `index` with
that statement's imports left out, and what is not found any more would not be loaded.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

START = "index"
"""The module of the archive that Lambda imports."""
_NS_PER_MS = 1e6


@dataclass(frozen=True, slots=True)
class Module:
    """One module that was loaded, or looked for in vain. Times are medians, in milliseconds.

    Args:
        name: Its full name.
        parent: The module during whose load this happened; empty for the first.
        own_ms: CPU time, without that of the modules loaded meanwhile.
        cpu_ms: CPU time, with them.
        wall_ms: The time that passed, with them.
        found: Whether there is such a module.
    """

    name: str
    parent: str
    own_ms: float
    cpu_ms: float
    wall_ms: float
    found: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """One import statement, or call, that was run.

    Args:
        module: Where it stands.
        file: The file of that module.
        line: Its line.
        asked: The full name of the module that it asked for.
    """

    module: str
    file: str
    line: int
    asked: str


@dataclass(frozen=True, slots=True)
class Saving:
    """What would go with the imports of one top-level module from the user's own files.

    Args:
        name: The top-level module.
        places: The statements, as `file:line`.
        cpu_ms: The CPU time of what only they bring in.
        modules: How many modules that are.
    """

    name: str
    places: tuple[str, ...]
    cpu_ms: float
    modules: int


def modules_of(runs: Sequence[Sequence[Sequence[Any]]]) -> list[Module]:
    """Return the modules in the order of loading, each with the medians of all runs.

    Args:
        runs: The `loads` of `import_tracer`, of several runs.
    """
    own, cpu, wall = defaultdict(list), defaultdict(list), defaultdict(list)
    for loads in runs:
        within: dict[int, int] = defaultdict(int)
        for _, parent, cpu_ns, _, _ in loads:
            within[parent] += cpu_ns
        for index, (name, _, cpu_ns, wall_ns, _) in enumerate(loads):
            own[name].append((cpu_ns - within[index]) / _NS_PER_MS)
            cpu[name].append(cpu_ns / _NS_PER_MS)
            wall[name].append(wall_ns / _NS_PER_MS)
    first: dict[str, Module] = {}
    for name, parent, *_, found in runs[0]:
        times = (median(own[name]), median(cpu[name]), median(wall[name]))
        above = runs[0][parent][0] if parent >= 0 else ""
        first.setdefault(name, Module(name, above, *times, found))
    return list(first.values())


def savings(
    modules: Iterable[Module], edges: Sequence[Edge], place: Callable[[str], str | None]
) -> list[Saving]:
    """Return what the user's own import statements cost, the biggest first.

    Args:
        modules: What was loaded.
        edges: Every import that was run.
        place: Returns the path of a file of the user's own, and None for all others.
    """
    costs = {module.name: module.own_ms for module in modules}
    led: dict[str, list[tuple[str, str]]] = defaultdict(list)
    places: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for edge in edges:
        path = place(edge.file)
        group = edge.asked.partition(".")[0] if path is not None else ""
        led[edge.module].append((edge.asked, group))
        if path is not None and edge.asked != edge.module:
            places[group].add((path, edge.line))
    everything = _reached(led, "")
    found = []
    for group, statements in places.items():
        gone = [name for name in everything - _reached(led, group) if name in costs]
        if gone:
            shown = tuple(f"{path}:{line}" for path, line in sorted(statements))
            found.append(Saving(group, shown, sum(costs[name] for name in gone), len(gone)))
    return sorted(found, key=lambda one: (-one.cpu_ms, one.name))


def _reached(led: Mapping[str, list[tuple[str, str]]], without: str) -> set[str]:
    """Return the modules that are needed when the user's imports of one group are left out."""
    found: set[str] = set()
    left = [START]
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        if "." in name:
            left.append(name.rpartition(".")[0])  # a package is loaded before what is in it
        left += [asked for asked, group in led.get(name, ()) if not without or group != without]
    return found
