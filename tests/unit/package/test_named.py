"""What an application's functions read of `sparta` is loaded in INIT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.package.conftest import write_files
from tests.unit.package.test_join import python

from sparta.app.application import Entry
from sparta.package import native_source
from sparta.package.index import index_of
from sparta.package.join import joined
from sparta.package.named import names_mentioned
from sparta.package.packaged import APPLICATION, PackagedFile

if TYPE_CHECKING:
    from pathlib import Path

APP = """
import sparta

def handler(event):
    sparta.logger.info("called")
    return sparta.Response("hello")

hello = sparta.Function(handler)

if __name__ == "__main__":
    sparta.main("Shop", "", functions=[hello])
"""


def named(*sources: tuple[str, str], owner: str = APPLICATION) -> dict[str, tuple[str, ...]]:
    return names_mentioned(
        PackagedFile(path, owner, content=text.encode()) for path, text in sources
    )


def test_only_what_functions_read_is_named() -> None:
    assert named(("app.py", APP)) == {"app": ("Response", "logger")}


def test_each_way_to_import_the_front_counts() -> None:
    body = "\ndef call():\n    return (lambda: {0}.metric('Orders', 1))\n"
    for line, name in (
        ("import sparta.native", "sparta"),
        ("import sparta.native as sparta", "sparta"),
        ("import sparta as front", "front"),
        ("from sparta import native as core", "core"),
    ):
        file = ("shop/__init__.py", line + body.format(name))
        assert named(file) == {"shop": ("metric",)}, line


def test_other_modules_and_other_peoples_files_do_not_count() -> None:
    other = "import sparta.aws as sparta\ndef call():\n    return sparta.Table\n"
    assert named(("app.py", other), ("broken.py", "def (")) == {}
    assert named(("lib/a.py", APP), owner="lib") == {}


def test_the_index_loads_them_with_the_function(tmp_path: Path, interpreter: Path) -> None:
    index = index_of({"hello": Entry("app", ("hello",))}, "", named(("app.py", APP)))
    write_files(tmp_path, {**joined(native_source.PACKAGE), "app.py": APP})
    write_files(tmp_path, {"index.py": index.read().decode()})
    code = """
import app
print("logger" in vars(app.sparta), "sparta._observed" in sys.modules)
import index
index.hello
print("logger" in vars(app.sparta), "Response" in vars(app.sparta), "stream" in vars(app.sparta))
"""
    assert python(code, tmp_path, str(interpreter)) == "False False\nTrue True False\n"


def test_what_a_start_under_the_core_does_not_need_is_not_loaded(
    tmp_path: Path, interpreter: Path
) -> None:
    """The core is told by its module, which knows of an invocation where it serves."""
    plain = "import sparta\nhello = sparta.Function(lambda event: event)\n"
    write_files(tmp_path, {**joined(native_source.PACKAGE), "app.py": plain})
    index = index_of({"hello": Entry("app", ("hello",))}).read().decode()
    write_files(tmp_path, {"index.py": index})
    write_files(tmp_path, {"_sparta.py": "def invocation():\n    return ('', '')\n"})
    code = """
import _sparta, index
entry = index.hello
print(sorted(name for name in sys.modules if name.startswith("sparta._")))
print(entry.__name__, entry.__sparta_handler__.argument_count, entry({"a": 1}, None))
"""
    assert python(code, tmp_path, str(interpreter)) == "[]\n<lambda> 1 {'a': 1}\n"
