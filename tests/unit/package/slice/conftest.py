"""Slices of sources given as text, run beside their originals; the traps of `traps.txt`."""

from __future__ import annotations

import dis
import re
import sys
import traceback
import types
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.package.packaged import APPLICATION, PackagedFile
from sparta.package.slice.modules import Modules
from sparta.package.slice.slicing import Slice, Whole, sliced

if TYPE_CHECKING:
    from collections.abc import Mapping

TRAPS = Path(__file__).with_name("traps.txt")
LOOK_UPS = {
    *("LOAD_GLOBAL", "LOAD_NAME", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"),
}
"""The instructions that look for a name in the module."""
EVENTS: tuple[object, ...] = ({}, {"n": 3}, {"boom": True}, [1, "two", None], "text", None, 7)


@dataclass(frozen=True)
class Trap:
    """One section of `traps.txt`."""

    name: str
    source: str
    stays: tuple[str, ...]
    goes: tuple[str, ...]
    whole: str


def traps() -> list[Trap]:
    """Return all sections of `traps.txt`."""
    sections = re.split(r"^=== ", TRAPS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_trap(section) for section in sections]


def _trap(section: str) -> Trap:
    head, source = section.split("---\n", 1)
    name, *lines = head.splitlines()
    said: dict[str, list[str]] = {"stays": [], "goes": [], "whole": []}
    for line in lines:
        key, _, text = line.partition(": ")
        said[key].append(text)
    whole = said["whole"][0] if said["whole"] else ""
    return Trap(name, source, tuple(said["stays"]), tuple(said["goes"]), whole)


class Slicer:
    """Slices applications that are given as text."""

    def outcome(
        self,
        source: str | bytes | Mapping[str, str | bytes],
        name: str = "handler",
        *,
        module: str = "app",
        always: bool = True,
    ) -> Slice | Whole:
        files = {"app.py": source} if isinstance(source, str | bytes) else source
        packaged = [
            PackagedFile(
                path, APPLICATION, content=text.encode() if isinstance(text, str) else text
            )
            for path, text in files.items()
        ]
        modules = Modules(packaged)
        return sliced(modules.by_name[module], name, modules, always=always)

    def text(self, source: str | Mapping[str, str | bytes], name: str = "handler") -> str:
        """Return the source of the slice; there has to be one."""
        found = self.outcome(source, name)
        assert isinstance(found, Slice), found
        return found.content.decode()

    def reason(self, source: str | Mapping[str, str | bytes], name: str = "handler") -> str:
        """Return why there is no slice; there must be none."""
        found = self.outcome(source, name)
        assert isinstance(found, Whole), found
        return found.reason


@pytest.fixture
def slicer() -> Slicer:
    return Slicer()


def run(source: bytes, file: str, name: str) -> dict[str, Any]:
    """Run a module's source under a module's name; return its names."""
    module = types.ModuleType(name)
    module.__file__ = file
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
    return module.__dict__


def answers(names: dict[str, Any], handler: str, events: tuple[object, ...]) -> list[object]:
    """Return what a handler gives for each event: its result, or its exception with its lines."""
    found: list[object] = []
    call = getattr(names[handler], "handler", names[handler])
    for event in events:
        try:
            found.append(_comparable(call(event)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other one has to give it too
            lines = [
                (frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)
            ]
            found.append((type(error).__name__, str(error), lines[1:]))
    return found


def _comparable(value: object) -> str:
    # Addresses differ, and so do two equal classes of two modules.
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


def code_of(value: object) -> object:
    """Return what can be compared of the code of functions and classes: all but identities."""
    if isinstance(value, types.FunctionType):
        return _parts(value.__code__)
    if isinstance(value, type):
        return {name: code_of(inner) for name, inner in vars(value).items()}
    if isinstance(value, staticmethod | classmethod):
        return code_of(value.__func__)
    return type(value).__qualname__


def _parts(code: types.CodeType) -> tuple[object, ...]:
    constants = [
        _parts(one) if isinstance(one, types.CodeType) else repr(one) for one in code.co_consts
    ]
    return (code.co_code, constants, code.co_names, code.co_firstlineno, list(code.co_lines()))


def global_names(value: object, names: dict[str, Any]) -> set[str]:
    """Return the module's names that the code of `value` may look up, and theirs, and so on."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        for name in _looked_up(waiting.pop()):
            if name in names and name not in found:
                found.add(name)
                waiting.append(names[name])
    return found


def _looked_up(value: object) -> set[str]:
    if isinstance(value, types.FunctionType):
        return _looked_up(value.__code__)
    if isinstance(value, type):
        return {name for inner in vars(value).values() for name in _looked_up(inner)}
    if isinstance(value, staticmethod | classmethod):
        return _looked_up(value.__func__)
    if isinstance(value, types.CodeType):
        own = {step.argval for step in dis.get_instructions(value) if step.opname in LOOK_UPS}
        return own.union(*(_looked_up(one) for one in value.co_consts))
    handler = getattr(value, "handler", getattr(value, "__wrapped__", None))
    return _looked_up(handler) if isinstance(handler, types.FunctionType) else set()
