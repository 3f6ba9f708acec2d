"""Which archive a function is in: the application's, or one of its Python and processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.app.function import Function
from sparta.app.locate import Entry
from sparta.app.targets import archived_as, code_key, code_keys

if TYPE_CHECKING:
    from tests.unit.app.conftest import MakeApplication


def handler() -> None: ...


def test_functions_are_together_where_python_and_processor_are_the_same(
    make_application: MakeApplication,
) -> None:
    one = Function(handler, name="one", python="3.12")
    two = Function(handler, name="two", architecture="arm64")
    three = Function(handler, name="three", python="3.13", architecture="arm64")
    four = Function(handler, name="four", architecture="arm64", python="3.12")
    entries = {name: Entry("app", (name,)) for name in ("one", "two", "three", "four")}
    made = make_application(one, two, three, four, entries=entries)
    assert code_keys(made) == ("CodeKey", "CodeKeyarm64python312", "CodeKeyarm64python313")
    assert code_key(made, four) == "CodeKeyarm64python312"
    part = archived_as(made, "CodeKeyarm64python312")
    assert part.functions == (two, four)
    assert list(part.entries) == ["two", "four"]
    assert (part.python, part.architecture) == ("3.12", "arm64")
    assert archived_as(made, "CodeKey").functions == (one,)


def test_an_application_of_one_target_is_what_it_was(make_application: MakeApplication) -> None:
    made = make_application(Function(handler))
    assert archived_as(made, "CodeKey") is made
    assert code_keys(make_application()) == ()
