from __future__ import annotations

import ast

import pytest

from sparta.package.names import bound_names
from sparta.package.splice import spliced

MODULE = '''"""Ünïcode — what it is for."""

from __future__ import annotations

import sys
from sparta.errors import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
else:
    @sys.intern.__class__.__call__ if False else lambda f: f
    def made():
        """Ä"""
        return "é", f"{sys.byteorder!r}"

__all__ = ["Shape"]
LIMIT: dict[str, Any] = {"ß": 1}
"""Says what LIMIT is."""
nothing: Any


class Shape:
    """A shape."""

    sides: ClassVar[int] = 4
    name: str

    if TYPE_CHECKING:
        def __call__(self) -> Any: ...
    else:
        def __call__(self, *many: Any, key: dict[str, "Any"] = {}) -> dict[str, Any]:
            # ä comment -> stays
            local: list[Any] = []
            return dict(key, many=many, local=local)

    @overload
    def area(self, x: int) -> int: ...
    @overload
    def area(self, x: str) -> str: ...
    def area(self, x: int | str, /, *, y: Any = (lambda z: z)) -> (
        int | str
    ):
        """Return it."""
        return x


class Empty(Exception):
    """Only a docstring."""


async def later(*, wait: Any) -> None:
    """Only a docstring."""
'''


def result() -> tuple[str, dict[str, object]]:
    text = spliced(MODULE, ast.parse(MODULE))
    names: dict[str, object] = {"overload": None}
    exec(compile(text, "joined", "exec", dont_inherit=True), names)
    return text, names


def test_what_stays_runs_without_typing() -> None:
    _, names = result()
    assert names["made"]() == ("é", "'little'")  # type: ignore[operator]
    shape = names["Shape"]()  # type: ignore[operator]
    assert shape(1, key={"a": 2}) == {"a": 2, "many": (1,), "local": []}
    assert shape.area("x") == "x"
    assert names["LIMIT"] == {"ß": 1}


def test_a_class_keeps_its_annotations_as_text() -> None:
    _, names = result()
    assert vars(names["Shape"])["__annotations__"] == {"sides": "ClassVar[int]", "name": "str"}


def test_what_is_not_needed_is_gone() -> None:
    text, names = result()
    for gone in ("__future__", "sparta.errors", "TYPE_CHECKING", "__all__", "what it is for"):
        assert gone not in text
    assert "nothing" not in names
    assert text.count("def area") == 1
    assert "# ä comment -> stays" in text
    assert names["Empty"].__doc__ is None


def test_functions_have_no_annotations() -> None:
    _, names = result()
    assert names["Shape"].area.__annotations__ == {}  # type: ignore[attr-defined]
    assert names["later"].__annotations__ == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import os.path", {"os": "os"}),
        ("import os.path as p", {"p": "os.path"}),
        ("from sparta.errors import A, B as C", {"A": "sparta.errors", "C": "sparta.errors.B"}),
        ("from sparta.runtime import discovery", {"discovery": "sparta.runtime.discovery"}),
        ("from __future__ import annotations", {}),
        ("a = b = 1\nc, (d, *e) = 1, (2, 3)", dict.fromkeys("abcde", "")),
        ("for _n in (): x = 1\nelse: y = 2", dict.fromkeys(("_n", "x", "y"), "")),
        ("_n = 1\ndel _n", {}),
        ("if TYPE_CHECKING:\n import a\nelse:\n b = 1", {"b": ""}),
        ("try:\n a = 1\nexcept OSError as e:\n b = 2", {"a": "", "b": ""}),
        ("x: int\ny: int = 1", {"y": ""}),
        ("def f(): g = 1\nclass C: h = 1\nk = [i for i in ()]", dict.fromkeys("fCk", "")),
        ("with open('x') as f: pass", {"f": ""}),
    ],
)
def test_bound_names(source: str, names: dict[str, str]) -> None:
    assert bound_names(ast.parse(source), {"sparta.runtime.discovery"}) == names
