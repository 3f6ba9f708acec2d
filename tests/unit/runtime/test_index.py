from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sparta.errors import DeclarationError, EventError
from sparta.runtime.index import resolve

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "plain": ("indexed", ("plain",)),
    "second": ("indexed", ("both", 1)),
    "keyed": ("indexed", ("by_name", "list", 0)),
    "wrong": ("indexed", ("wrong",)),
    "broken": ("indexed_broken", ("plain",)),
    "absent": ("indexed_absent", ("plain",)),
}
PROVIDERS: dict[str, tuple[str, tuple[str | int, ...], bool]] = {
    "provider": ("indexed", ("provider",), True),
    "broken": ("indexed_broken", ("plain",), True),
}


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "indexed.py").write_text(
        "import sparta\n"
        "@sparta.function()\n"
        "def plain(): return 'plain'\n"
        "def other(event): return event\n"
        "both = [plain, sparta.Function(other, name='Other one')]\n"
        "by_name = {'list': both}\n"
        "def wrong(a, b, c): ...\n"
        "provider = sparta.custom_resource(create=other, name='made')\n"
    )
    (tmp_path / "indexed_broken.py").write_text("import sys\nsys.nothing_of_the_kind\n")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("indexed")]:
        monkeypatch.delitem(sys.modules, name)


def test_functions_are_found_by_their_path() -> None:
    assert resolve(ENTRIES, "plain")(None, None) == "plain"
    assert resolve(ENTRIES, "second")([1], None) == [1]
    assert resolve(ENTRIES, "second").__sparta_handler__.name == "Other one"  # type: ignore[attr-defined]
    assert resolve(ENTRIES, "keyed")(None, None) == "plain"


def test_only_the_module_asked_for_is_imported() -> None:
    with pytest.raises(ModuleNotFoundError):
        resolve(ENTRIES, "absent")
    assert "indexed" not in sys.modules


def test_a_provider_is_found_as_a_function_is() -> None:
    assert resolve(PROVIDERS, "provider").__sparta_handler__.name == "made"  # type: ignore[attr-defined]


def test_a_provider_that_cannot_be_imported_answers_in_lambda(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Exception, match="nothing_of_the_kind"):
        resolve(PROVIDERS, "broken")  # where it is only tried
    monkeypatch.setenv("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9")
    answering = resolve(PROVIDERS, "broken")
    assert "nothing_of_the_kind" in capsys.readouterr().out
    assert answering.__sparta_handler__.name == "broken"  # type: ignore[attr-defined]
    with pytest.raises(EventError, match="ResponseURL"):
        answering({}, None)


def test_an_unknown_name_is_a_missing_attribute() -> None:
    with pytest.raises(AttributeError, match=r"^nothing$"):
        resolve(ENTRIES, "nothing")


def test_an_attribute_error_of_the_application_is_not_taken_for_a_missing_handler() -> None:
    with pytest.raises(Exception, match="nothing_of_the_kind") as caught:
        resolve(ENTRIES, "broken")
    assert not isinstance(caught.value, AttributeError)
    assert type(caught.value).__name__ == "AttributeError"
    assert str(caught.traceback[-1].path).endswith("indexed_broken.py")


def test_a_handler_that_cannot_be_one_stops_initialisation() -> None:
    with pytest.raises(DeclarationError, match="takes 3 arguments"):
        resolve(ENTRIES, "wrong")
