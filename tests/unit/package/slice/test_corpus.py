"""The property, on modules that nobody wrote for it: a sliced handler is the original's.

The corpus is the standard library of the running interpreter and the traps. A handler is any
function that a module binds; its slice has the same code on the same lines, and every name that
this code may look up means the same. Calls are compared where they are safe to make.
"""

from __future__ import annotations

import ast
import types
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.unit.package.slice.conftest import (
    EVENTS,
    answers,
    code_of,
    global_names,
    run,
    traps,
)

from sparta.package.slice.slicing import Slice

if TYPE_CHECKING:
    import pytest
    from tests.unit.package.slice.conftest import Slicer

LIBRARY = Path(ast.__file__).parent
LEFT_OUT = {"antigravity", "idlelib", "this", "turtle", "webbrowser", "__hello__", "sitecustomize"}
"""They open windows or print."""
LARGE_BYTES = 60_000
HANDLERS = 1
"""Of each module."""
CALLED = {
    "bisect": ("bisect_left", ([1, 3, 5], 3)),
    "colorsys": ("rgb_to_hsv", (0.1, 0.2, 0.3)),
    "fnmatch": ("translate", ("*.p?",)),
    "genericpath": ("commonprefix", (["abc", "abd"],)),
    "heapq": ("nsmallest", (2, [3, 1, 2])),
    "keyword": ("iskeyword", ("if",)),
    "ntpath": ("normpath", ("a\\..\\b",)),
    "posixpath": ("normpath", ("a/../b",)),
    "quopri": ("encodestring", (b"a=b",)),
    "shlex": ("split", ("a 'b c'",)),
    "statistics": ("fmean", ([1, 2, 6],)),
    "stringprep": ("map_table_b2", ("A",)),
    "textwrap": ("wrap", ("one two three", 5)),
    "string": ("capwords", ("one two",)),
    "reprlib": ("recursive_repr", ()),
    "base64": ("b32encode", (b"abc",)),
    "difflib": ("get_close_matches", ("appel", ["ape", "apple"])),
    "calendar": ("monthrange", (2024, 2)),
    "copy": ("deepcopy", ([1, [2]],)),
    "uuid": ("UUID", ("12345678123456781234567812345678",)),
}
"""Calls that touch nothing, with their arguments."""


def corpus() -> list[Path]:
    files = [file for file in sorted(LIBRARY.glob("*.py")) if file.stem not in LEFT_OUT]
    return [file for file in files if file.stat().st_size < LARGE_BYTES]


def loaded(source: bytes, file: Path) -> dict[str, Any] | None:
    """Return the module's names; None for a module that this machine cannot import."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return run(source, str(file), "corpus")
    except (ImportError, AttributeError, OSError):
        return None


def handlers(names: dict[str, Any], stem: str) -> list[str]:
    """Return the functions of a module that are tried: those that are called, and a few others."""
    found = [
        name
        for name, value in names.items()
        if isinstance(value, types.FunctionType) and value.__module__ == "corpus"
    ]
    called = [CALLED[stem][0]] if stem in CALLED else []
    others = [name for name in found if name not in called]
    return [*called, *others[:: max(1, len(found) // HANDLERS)]]


def same(original: dict[str, Any], left: dict[str, Any], name: str) -> list[str]:
    """Return which names that `name` reaches are missing in a slice, or mean something else."""
    wanted = {name, *global_names(original[name], original)}
    missing = [one for one in wanted if one not in left]
    return missing or [one for one in wanted if code_of(original[one]) != code_of(left[one])]


def test_slices_of_the_standard_library(slicer: Slicer) -> None:
    wrong, sliced_modules, dropped = [], set(), 0
    for file in corpus():
        content = file.read_bytes()
        original = loaded(content, file)
        for name in handlers(original, file.stem) if original else ():
            found = slicer.outcome({"corpus.py": content}, name, module="corpus")
            if not isinstance(found, Slice):
                continue
            left = loaded(found.content, file)
            assert left is not None
            assert original is not None
            sliced_modules.add(file.stem)
            dropped += len(found.dropped)
            wrong += [f"{file.stem}.{name}: {one}" for one in same(original, left, name)]
            called, arguments = CALLED.get(file.stem, ("", ()))
            if name == called and repr(left[name](*arguments)) != repr(original[name](*arguments)):
                wrong.append(f"{file.stem}.{name} answers otherwise")
    assert wrong == [], wrong
    assert len(sliced_modules) >= 60
    assert dropped >= 250


def test_every_function_of_the_traps(slicer: Slicer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "x")
    wrong, count = [], 0
    for trap in traps():
        if trap.whole:
            continue
        original = run(trap.source.encode(), "app.py", "app")
        for name, value in list(original.items()):
            if not isinstance(value, types.FunctionType):
                continue
            found = slicer.outcome(trap.source, name)
            if isinstance(found, Slice):
                count += 1
                left = run(found.content, "app.py", "app")
                wrong += [f"{trap.name}, {name}: {one}" for one in same(original, left, name)]
                before = answers(run(trap.source.encode(), "app.py", "app"), name, EVENTS)
                if answers(left, name, EVENTS) != before:
                    wrong.append(f"{trap.name}, {name} answers otherwise")
    assert wrong == []
    assert count > 100
