"""Finding the application and running its file once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sparta.app.project import project_of
from sparta.cli.application import declaration_of, find
from sparta.errors import DeclarationError, TokenError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

MAIN = '\nimport sparta\nif __name__ == "__main__":\n    sparta.main("Shop")\n'


def test_app_option_wins(folder: Path, app: Path) -> None:
    (folder / "other.py").write_text(MAIN)
    assert find(folder, "other.py") == folder / "other.py"
    assert find(folder) == app


def test_pyproject_names_it_from_any_folder_below(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.sparta]\napp = "src/shop.py"\n')
    (folder / "src").mkdir()
    (folder / "src" / "shop.py").write_text(MAIN)
    assert find(folder / "src") == folder / "src" / "shop.py"
    assert project_of(folder / "src" / "shop.py") == folder


def test_project_without_pyproject_is_the_folder_of_the_top_package(tmp_path: Path) -> None:
    package = tmp_path / "shop"
    package.mkdir()
    (tmp_path / ".git").mkdir()
    (package / "__init__.py").touch()
    (package / "app.py").write_text(MAIN)
    assert project_of(package / "app.py") == tmp_path


@pytest.mark.parametrize(
    ("pyproject", "app", "text"),
    [
        ("", None, "There is no application in"),
        ("", "no.py", r"--app: There is no file .*no\.py"),
        ('[tool.sparta]\napp = "no.py"\n', None, r"app: There is no file .*no\.py"),
        ("[tool.sparta]\napp = 3\n", None, "has to be a text"),
        ("[tool", None, "not valid TOML"),
    ],
)
def test_no_application(folder: Path, pyproject: str, app: str | None, text: str) -> None:
    (folder / "pyproject.toml").write_text(pyproject)
    with pytest.raises(UsageError, match=text):
        find(folder, app)


def test_file_runs_once_as_main_and_under_its_own_name(folder: Path) -> None:
    (folder / "app.py").write_text(
        "import sys\n"
        "runs = []\n"
        "runs.append(__name__)\n"
        "import handlers\n"
        "import sparta\n"
        'if __name__ == "__main__":\n'
        '    sparta.main("Shop", tags={"runs": ",".join(handlers.runs)})\n'
    )
    (folder / "handlers.py").write_text("from app import runs\n")
    declaration = declaration_of(folder / "app.py")
    assert declaration.tags == {"runs": "__main__"}
    assert declaration.main_file == str(folder / "app.py")
    assert sys.modules["app"] is sys.modules["__main__"]


def test_relative_imports_of_a_package(folder: Path) -> None:
    package = folder / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "names.py").write_text('NAME = "Shop"\n')
    text = MAIN.replace('"Shop"', "NAME")
    (package / "app.py").write_text(f"from .names import NAME\n{text}")
    assert declaration_of(package / "app.py").name == "Shop"
    assert sys.modules["shop.app"] is sys.modules["__main__"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("import sparta\n\nimport nothing_of_that_name\n", 3, "ModuleNotFoundError: No module"),
        ("\n1 / 0\n", 2, "ZeroDivisionError: division by zero"),
        ("def f(:\n", 1, "SyntaxError: invalid syntax"),
        ("import sys\nsys.exit(7)\n", 2, "exit code 7"),
        ("import broken\n", 1, "RuntimeError: in broken"),
    ],
)
def test_file_that_cannot_be_run(folder: Path, text: str, line: int, what: str) -> None:
    (folder / "app.py").write_text(text)
    (folder / "broken.py").write_text('raise RuntimeError("in broken")\n')
    with pytest.raises(DeclarationError) as caught:
        declaration_of(folder / "app.py")
    (problem,) = caught.value.problems
    file = "broken.py" if "broken" in what else "app.py"
    assert problem.where == f"{folder / file}:{line}"
    assert what in problem.what


def test_missing_module_says_where_to_install_it(folder: Path) -> None:
    (folder / "app.py").write_text("import nothing_of_that_name\n")
    with pytest.raises(DeclarationError) as caught:
        declaration_of(folder / "app.py")
    fix = caught.value.problems[0].fix
    assert fix == f"Install nothing_of_that_name into the environment of {sys.executable}"


def test_errors_of_sparta_stay_what_they_are(folder: Path) -> None:
    text = 'from sparta.aws import Table\nTable("Orders", key="id").name.upper()\n'
    (folder / "app.py").write_text(text)
    with pytest.raises(TokenError):
        declaration_of(folder / "app.py")


@pytest.mark.parametrize(
    ("text", "times"),
    [("import sparta\n", "does not call"), (f'{MAIN}    sparta.main("Shop")\n', "calls 2 times")],
)
def test_main_is_called_once(folder: Path, text: str, times: str) -> None:
    (folder / "app.py").write_text(text)
    with pytest.raises(DeclarationError, match=f"It {times} sparta.main"):
        declaration_of(folder / "app.py")


def test_an_application_of_its_own_below_another_ones_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.sparta]\napp = "a/app.py"\n')
    for service in ("a", "b"):
        (tmp_path / service).mkdir()
        (tmp_path / service / "app.py").touch()
    assert find(tmp_path) == find(tmp_path / "a") == tmp_path / "a" / "app.py"
    with pytest.raises(UsageError, match="two applications"):
        find(tmp_path / "b")
    assert find(tmp_path / "b", "app.py") == tmp_path / "b" / "app.py"
