"""The property again, on modules made by chance: the handler answers as the original's does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from tests.unit.package.slice.conftest import EVENTS, Slicer, answers, global_names, run

from sparta.package.slice.slicing import Slice

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

NAMES = ("a", "b", "c", "d", "e")
STATEMENTS = (
    "{x} = {n}",
    "{x} = [{n}]",
    "{x} = [{y}, {n}]",
    "{x} = {y}",
    "{x} = lambda: {y}",
    "{x} = Kept({y})",
    "{x} += {x}",
    "{x} = {y} = {n}",
    "if {n} % 2:\n    {x} = {y}\nelse:\n    {x} = {n}",
    "for {x} in range({n}):\n    NOTED.append({y})",
    "NOTED.append({y})",
    "try:\n    {x} = {y}[{n}]\nexcept Exception as {y}:\n    pass",
    "[{x} := n for n in range({n})]",
    "def {x}(found={y}):\n    return found, {z}",
    "def {x}():\n    global {y}\n    {y} = {n}\n    return {z}",
    "@noting\ndef {x}():\n    return {y}",
    "class {x}:\n    size = {y}\n\n    def method(self):\n        return {z}",
    "class {x}(Kept):\n    '''{y}'''\n    size = {n}",
    "del {x}",
    "{x} = '{y}'",
    "match {y}:\n    case [{x}, *_]:\n        pass\n    case {x}:\n        pass",
    "with noting({y}) as {x}:\n    pass",
    "import textwrap as {x}",
    "import decimal as {x}",
    "{x} = str({y})",
    "if __name__ == '__main__':\n    {x} = {n}",
    "call({x})",
)
HEAD = """
import boto3

NOTED = []


class Kept:
    def __init__(self, value=None):
        NOTED.append(type(value).__name__)

    def __enter__(self):
        return self.__class__.__name__

    def __exit__(self, *_):
        pass


def noting(value):
    NOTED.append(type(value).__name__)
    return value if callable(value) and not isinstance(value, Kept) else Kept(value)


def call(value):
    NOTED.append(type(value).__name__)
    return value() if callable(value) else value


"""
HANDLER = """

def handler(event):
    found = []
    for read in (lambda: {x}, lambda: call({y}), lambda: {z}.size):
        try:
            value = read()
            found.append(value if isinstance(value, (int, str)) else type(value).__name__)
        except Exception as error:
            found.append((type(error).__name__, str(error)))
    return found, NOTED
"""


@st.composite
def modules(draw: DrawFn) -> str:
    def filled(template: str) -> str:
        one = st.sampled_from(NAMES)
        return template.format(x=draw(one), y=draw(one), z=draw(one), n=draw(st.integers(0, 3)))

    lines = [f"{name} = {index}" for index, name in enumerate(NAMES)]
    lines += [filled(draw(st.sampled_from(STATEMENTS))) for _ in range(draw(st.integers(1, 12)))]
    return HEAD + "\n".join(lines) + filled(HANDLER)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(modules())
def test_generated_module(source: str) -> None:
    found = Slicer().outcome(source)
    assert isinstance(found, Slice), found
    try:
        original = run(source.encode(), "app.py", "app")
    except Exception:  # noqa: BLE001 - such a module fails when it is provisioned
        reject()
    left = run(found.content, "app.py", "app")
    assert answers(left, "handler", EVENTS[:2]) == answers(original, "handler", EVENTS[:2])
    names = global_names(original["handler"], original)
    assert [name for name in names if name not in left] == []
