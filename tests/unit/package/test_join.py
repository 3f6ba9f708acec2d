"""The joined file against the tree it is made of."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.unit.package.conftest import write_files

from sparta.errors import PackageError
from sparta.package import native_source
from sparta.package.join import joined
from sparta.package.runtime_modules import runtime_modules

if TYPE_CHECKING:
    from pathlib import Path

MODULES = [module.name for module in runtime_modules(native_source.PACKAGE)]
GONE = ("TYPE_CHECKING", "annotations")
"""What no application can want from a module: the switch for types, and `__future__`'s name."""
LAMBDA = {"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9"}


@pytest.fixture(scope="session")
def task_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the joined file as an archive does."""
    folder = tmp_path_factory.mktemp("task")
    write_files(folder, joined(native_source.PACKAGE))
    return folder


def python(code: str, path: Path, interpreter: str = sys.executable) -> str:
    answer = subprocess.run(
        [
            interpreter,
            "-I",
            "-S",
            "-B",
            "-c",
            f"import sys; sys.path.insert(0, {str(path)!r})\n{code}",
        ],
        env=LAMBDA,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def names_in_tree() -> dict[str, list[str]]:
    code = f"""
import importlib, json
found = {{}}
for name in {MODULES!r}:
    names = vars(importlib.import_module(name))
    found[name] = [n for n in names if n[:2] != "__" and n not in {GONE!r}]
print(json.dumps(found))
"""
    found: dict[str, list[str]] = json.loads(python(code, native_source.PACKAGE.parent))
    return found


def test_every_name_of_the_tree_is_there_and_is_the_same_thing(task_root: Path) -> None:
    names = names_in_tree()
    # `sparta.entry` is no business of an application: there the name is that of a function.
    names["sparta"].remove("entry")
    assert sum(map(len, names.values())) > 200
    code = f"""
import importlib, json
found = {{}}
for name, names in json.loads({json.dumps(names)!r}).items():
    module = importlib.import_module(name)
    for n in names:
        v = getattr(module, n)
        found[f"{{name}}:{{n}}"] = [
            getattr(v, "__module__", None), getattr(v, "__qualname__", None), type(v).__name__
        ]
print(json.dumps(found))
"""
    in_tree = json.loads(python(code, native_source.PACKAGE.parent))
    assert json.loads(python(code, task_root)) == in_tree


def test_every_way_to_import_works(task_root: Path, interpreter: Path) -> None:
    code = """
import sparta.native as sparta
import sparta as front
from sparta import events
from sparta import aws, cfn, iam
from sparta.aws import Table
from sparta.aws.table import Table as Again
import sparta.model.request
from sparta.runtime.index import resolve
from sparta.runtime import discovery
assert sparta.Model is front.Model
assert sparta.events is events and events.S3.__name__ == "S3"
assert aws.Table is Table is Again
assert front.Request is sys.modules["sparta.model.request"].Request
assert discovery is sys.modules["sparta.runtime.discovery"]
assert resolve.__module__ == "sparta.runtime.index"
assert events.S3.__module__ == "sparta.events.s3"
namespace = {}
exec("from sparta.aws import *", namespace)
assert namespace["Table"] is Table and "Resource" not in namespace
namespace = {}
exec("from sparta import *", namespace)
assert namespace["Function"] is front.Function
try:
    events.Nothing
except AttributeError as error:
    assert "sparta.events" in str(error)
else:
    raise SystemExit("no AttributeError")
try:
    import sparta.cli
except ModuleNotFoundError:
    pass
else:
    raise SystemExit("tools are in the archive")
print("held")
"""
    assert python(code, task_root, str(interpreter)) == "held\n"


def test_it_works_like_the_tree(task_root: Path, interpreter: Path) -> None:
    """A model, a request and a function, decoded and answered by the joined modules."""
    code = """
import sparta
from sparta.runtime.handler import handler_of
from sparta.runtime.pure import entry_of

class NewOrder(sparta.Model):
    sku: str
    qty: int = 1

def create(request: sparta.Request[NewOrder]) -> sparta.Response:
    return sparta.Response({"sku": request.body.sku, "qty": request.body.qty}, status=201)

call = entry_of(handler_of(sparta.Function(create)))
event = {"version": "2.0", "rawPath": "/", "headers": {}}
event["requestContext"] = {"http": {"method": "POST", "path": "/"}}
good = call(event | {"body": '{"sku": "a"}'}, None)
bad = call(event | {"body": '{"qty": "x"}'}, None)
print(good["statusCode"], good["body"])
print(bad["statusCode"], "body.sku: missing" in bad["body"])
"""
    lines = python(code, task_root, str(interpreter)).splitlines()
    assert lines[-2] == '201 {"sku": "a", "qty": 1}'
    assert lines[-1] == "400 True"


def test_nothing_but_our_modules_is_loaded(task_root: Path, interpreter: Path) -> None:
    code = """
before = set(sys.modules)
import sparta, sparta.native, sparta.runtime.index
print(sorted(n for n in set(sys.modules) - before if n.split(".")[0] != "sparta"))
"""
    loaded = set(eval(python(code, task_root, str(interpreter))))
    allowed = {"_collections_abc", "_stat", "genericpath", "os", "os.path", "posixpath", "stat"}
    assert loaded <= allowed


def test_it_is_the_same_every_time() -> None:
    assert joined(native_source.PACKAGE) == joined(native_source.PACKAGE)


def small_package(folder: Path, files: dict[str, str]) -> Path:
    package = folder / "sparta"
    fronts = {
        "native.py": "",
        "aws/__init__.py": "",
        "cfn/__init__.py": "",
        "triggers/__init__.py": "",
        "operations/__init__.py": "",
        "archetypes/__init__.py": "",
    }
    more = {"events/__init__.py": "", "iam/__init__.py": "", "model/__init__.py": ""}
    write_files(package, {"__init__.py": "", "runtime/__init__.py": ""} | fronts | more | files)
    return package


def test_two_modules_that_define_one_name_are_both_named(tmp_path: Path) -> None:
    files = {"model/one.py": "def _seen(): ...\nX = 1\n", "runtime/two.py": "_seen = 1\nX = 2\n"}
    with pytest.raises(PackageError) as caught:
        joined(small_package(tmp_path, files))
    assert [problem.what for problem in caught.value.problems] == [
        "'_seen' means one thing in sparta.model.one and another in sparta.runtime.two",
        "'X' means one thing in sparta.model.one and another in sparta.runtime.two",
    ]


def test_a_name_that_hides_a_module_is_refused(tmp_path: Path) -> None:
    files = {"model/one.py": "events = []\n"}
    with pytest.raises(PackageError, match=r"'events' means one thing in sparta\.events"):
        joined(small_package(tmp_path, files))


def test_modules_in_a_circle_are_refused(tmp_path: Path) -> None:
    files = {
        "model/one.py": "from sparta.model.two import b\na = 1\n",
        "model/two.py": "from sparta.model.one import a\nb = 1\n",
    }
    with pytest.raises(PackageError, match=r"sparta\.model\.one -> sparta\.model\.two -> "):
        joined(small_package(tmp_path, files))


def test_imports_under_other_names_are_kept(tmp_path: Path) -> None:
    files = {
        "model/one.py": "LIMIT = 3\n",
        "runtime/two.py": "from sparta.model import one as first\n"
        "from sparta.model.one import LIMIT as MOST\nseen = first.LIMIT + MOST\n",
    }
    text = joined(small_package(tmp_path, files))
    target = tmp_path / "task"
    write_files(target, text)
    assert python("from sparta.runtime.two import seen; print(seen)", target) == "6\n"


def test_a_module_variable_that_changes_is_seen_through_the_module(tmp_path: Path) -> None:
    files = {"model/one.py": "count = 0\ndef add():\n    global count\n    count += 1\n"}
    target = tmp_path / "task"
    write_files(target, joined(small_package(tmp_path, files)))
    code = "from sparta.model import one; one.add(); one.add(); print(one.count)"
    assert python(code, target) == "2\n"
