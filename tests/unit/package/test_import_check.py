"""Functions imported from real archives and layers, by the interpreter of their version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import sparta
from sparta.app.application import Entry
from sparta.aws import Table
from sparta.errors import PackageError
from sparta.package import collect, import_check, interpreters
from sparta.package.import_problem import unclear

if TYPE_CHECKING:
    from tests.unit.package.conftest import MakeApplication, Reports, Wheels

    from sparta.app.application import Application

APP = """
import leaf
{line}
import sparta

@sparta.function()
def hello() -> None: ...

@sparta.function(dependencies="images")
def draw() -> None: ...
"""
PROJECT = """
[project]
name = "shop"
version = "1"
requires-python = ">=3.11"
dependencies = ["leaf"]
[dependency-groups]
images = ["picture"]
[tool.sparta]
layer-over-mb = 0
"""


@pytest.fixture
def application(make_application: MakeApplication, wheels: Wheels) -> Application:
    wheels.add("leaf")
    wheels.add("picture")
    orders = Table("Orders", key="id")
    functions = (
        sparta.Function(lambda: None, name="hello"),
        sparta.Function(lambda: None, name="draw", dependencies="images"),
        sparta.Function(lambda: None, name="read", uses=[orders.grant("GetItem")]),
        sparta.Function(lambda: None, name="write", uses=[orders.grant("PutItem")]),
    )
    files = {
        "app.py": APP.format(line=""),
        "names.py": "import sparta\n"
        "from sparta.aws import Table\n"
        'orders = Table("Orders", key="id")\n'
        "UPPER = orders.name.upper()\n"
        "read = write = sparta.Function(lambda: None)\n",
        "pyproject.toml": PROJECT,
        ".gitignore": "wheels\n",
    }
    entries = {
        "hello": Entry("app", ("hello",)),
        "draw": Entry("app", ("draw",)),
        "read": Entry("names", ("read",)),
        "write": Entry("names", ("write",)),
    }
    return make_application(files, functions=functions, entries=entries)


def test_layers_are_on_the_path_and_declared_resources_are_known(
    application: Application, report: Reports
) -> None:
    package = collect(application, report=report)
    assert package.layers.keys() == {"dependencies", "dependencies-images"}
    assert import_check.check(application, package, report) == ()
    assert report.messages[-1][0] == "Importing functions as Lambda does"
    count = len(report.messages)
    assert import_check.check(application, package, report) == ()
    assert len(report.messages) == count


def test_a_function_without_the_group_lacks_what_it_brings(
    application: Application, report: Reports
) -> None:
    (application.root / "app.py").write_text(APP.format(line="import picture"))
    package = collect(application, report=report)
    for _ in range(2):  # a failure is not remembered as a success
        with pytest.raises(PackageError) as caught:
            import_check.check(application, package, report)
        (problem,) = caught.value.problems
        assert problem.where == f"{application.root}/app.py:3"
        assert problem.what == (
            "hello cannot start in Lambda: ModuleNotFoundError: No module named 'picture'"
        )


def test_a_token_that_is_looked_into_is_found_in_the_function_that_does_not_declare_it(
    application: Application, report: Reports
) -> None:
    application.functions[3].uses = ()
    package = collect(application, report=report)
    with pytest.raises(PackageError) as caught:
        import_check.check(application, package, report)
    (problem,) = caught.value.problems
    assert problem.where == f"{application.root}/names.py:4"
    assert problem.what.startswith("write cannot start in Lambda: TokenError: Orders.Ref is known")


def test_without_the_interpreter_there_is_a_note(
    application: Application, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = collect(application, report=report)
    monkeypatch.setattr(interpreters, "find", lambda _minor: None)
    assert import_check.check(application, package, report) == (
        "imports are not checked: Python 3.11 is not installed here",
    )


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("botocore.exceptions.NoCredentialsError", "", True),
        ("builtins.ConnectionError", "", True),
        ("builtins.ImportError", "version `GLIBC_2.34' not found", True),
        ("builtins.ModuleNotFoundError", "No module named 'botocore.exceptions'", False),
        ("builtins.OSError", "no such file", False),
    ],
)
def test_what_is_not_here_is_no_fault_of_the_archive(base: str, text: str, expected: bool) -> None:
    assert unclear({"bases": [base, "builtins.Exception"], "text": text}) == expected
