"""The files that the packager writes itself: `index.py` and the exec wrapper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.app.application import Entry
from sparta.errors import BuildError
from sparta.package import native_source, shim
from sparta.package.index import index_of
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

WRAPPER = "#!/var/lang/bin/python3 -IS\nPLACE = '/var/lang/lib/python3.X/site-packages'\n"


def test_the_index_holds_every_entry_and_imports_nothing_of_the_application() -> None:
    entries = {
        "_2nd": Entry("shop.handlers", ("made", 1)),
        "b": Entry("app", ("table", "it's", "ü")),
    }
    file = index_of(entries)
    names: dict[str, object] = {}
    source = file.read().decode()
    body = source.replace("from sparta.runtime.index import resolve as _resolve\n", "")
    exec(body, names | {"_resolve": None}, names)
    assert file.path == "index.py"
    assert names["_ENTRIES"] == {
        "_2nd": ("shop.handlers", ("made", 1)),
        "b": ("app", ("table", "it's", "ü")),
    }
    assert [line for line in source.splitlines() if "import " in line] == [
        "from sparta.runtime.index import resolve as _resolve"
    ]


def test_the_index_does_not_depend_on_the_order_of_functions() -> None:
    one, two = Entry("app", ("a",)), Entry("app", ("b",))
    assert index_of({"a": one, "b": two}) == index_of({"b": two, "a": one})


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shim").mkdir()
    monkeypatch.setattr(native_source, "folder", lambda: tmp_path)
    return tmp_path


def test_the_wrapper_knows_the_python_of_the_runtime(source: Path) -> None:
    (source / "shim" / "bootstrap").write_text(WRAPPER)
    file = shim.bootstrap(Target("3.13", "arm64"))
    assert (file.path, file.executable) == ("bootstrap", True)
    assert file.read().decode() == WRAPPER.replace("3.X", "3.13")


@pytest.mark.parametrize(
    "content", [None, "#!/usr/bin/env python3\n", "#!/var/lang/bin/python3.12 -IS\n"]
)
def test_a_wrapper_that_is_missing_or_wrong_is_refused(source: Path, content: str | None) -> None:
    if content is not None:
        (source / "shim" / "bootstrap").write_text(content)
    with pytest.raises(BuildError, match="first line has to be #!/var/lang/bin/python3 -IS"):
        shim.bootstrap(Target("3.12", "x86_64"))
