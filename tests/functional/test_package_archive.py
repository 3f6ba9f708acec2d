"""Whole applications, packaged by their own command line; nothing is deployed."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.package import elf
from sparta.package.join import joined
from sparta.package.native_source import PACKAGE
from sparta.package.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"
HANDLERS = '''
import sparta

{imports}

@sparta.function(name="Greet them")
def greet(event: dict[str, str]) -> str:
    """Greet."""
    return f"{{GREETING}}, {{event['name']}}"


made = {{"second": sparta.Function(lambda: "two", name="2nd")}}
'''
MAIN = """
if __name__ == "__main__":
    sparta.main("Shop", "Sells", functions=[greet, made["second"]], python={python!r})
"""
BACKEND = """
import zipfile

def build_wheel(folder, settings=None, metadata=None):
    name = "shared-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.write("shared.py")
        folder = "shared-1.0.dist-info"
        named = "Name: shared\\nVersion: 1.0\\n"
        wheel.writestr(f"{folder}/METADATA", "Metadata-Version: 2.1\\n" + named)
        wheel.writestr(f"{folder}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n")
        wheel.writestr(f"{folder}/RECORD", "shared.py,,\\n")
    return name
"""
GREETING = 'GREETING = "Hello"\n'


def layout(name: str, python: str = THIS) -> tuple[str, dict[str, str]]:
    """Return the application file of a layout, and all its files."""
    main = MAIN.format(python=python)
    inside = HANDLERS.format(imports="from orders.words import GREETING")
    shared = HANDLERS.format(imports="from shared import GREETING")
    package = {"__init__.py": "", "words.py": GREETING, "app.py": inside + main}
    if name == "one file":
        return "app.py", {"app.py": HANDLERS.format(imports=GREETING) + main}
    if name == "package":
        files = {f"orders/{file}": text for file, text in package.items()}
        return "orders/app.py", files | {
            "tests/test_orders.py": "",
            ".env": "KEY=hush",
            ".gitignore": ".env\n",
        }
    if name == "src":
        files = {f"src/orders/{file}": text for file, text in package.items()}
        project = '[project]\nname = "orders"\nversion = "1"\ndependencies = []\n'
        return "src/orders/app.py", files | {"pyproject.toml": project, "README.md": ""}
    return "services/orders/app.py", {
        "pyproject.toml": '[tool.uv.workspace]\nmembers = ["services/*"]\n',
        "services/orders/pyproject.toml": '[project]\nname = "orders"\nversion = "1"\n'
        'requires-python = ">=3.11"\ndependencies = ["shared"]\n'
        '[tool.uv.sources]\nshared = { path = "../../libs/shared" }\n',
        "services/orders/app.py": shared + main,
        "services/billing/pyproject.toml": '[project]\nname = "billing"\nversion = "1"\n',
        "services/billing/app.py": "raise SystemExit('not this one')\n",
        "libs/shared/pyproject.toml": '[project]\nname = "shared"\nversion = "1.0"\n'
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "libs/shared/backend.py": BACKEND,
        "libs/shared/shared.py": GREETING,
    }


LAYOUTS = ("one file", "package", "src", "monorepo")


@pytest.fixture(autouse=True)
def no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let uv find no wheel but those in the folder that is returned."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    configuration = tmp_path / "uv.toml"
    configuration.write_text(f'no-index = true\nfind-links = ["{folder}"]\n')
    monkeypatch.setenv("UV_CONFIG_FILE", str(configuration))
    return folder


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def provision(app: Path, *options: str, exit_code: int = 0, library: Path | None = None) -> str:
    """Run the application's own command line, `library` installed; return what it printed."""
    run = subprocess.run(
        [sys.executable, app.name, "provision", "--noop", *options],
        cwd=app.parent,
        env=os.environ | {"NO_COLOR": "1", "PYTHONPATH": str(library or "")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == exit_code, run.stdout
    return run.stdout


def build(folder: Path, name: str, *options: str, python: str = THIS) -> Path:
    """Write an application and package it; return the archive."""
    app, files = layout(name, python)
    write(folder, files)
    provision(folder / app, *options, library=folder / "libs" / "shared")
    return next(folder.rglob(".sparta/Shop-code.zip"))


@pytest.fixture(scope="module", params=LAYOUTS)
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """Return each layout's name and archive, packaged once."""
    folder = tmp_path_factory.mktemp("application")
    with pytest.MonkeyPatch.context() as patch:
        configuration = folder / "uv.toml"
        configuration.write_text("no-index = true\n")
        patch.setenv("UV_CONFIG_FILE", str(configuration))
        built = build(folder / "one", request.param)
    return request.param, built


def test_two_builds_in_two_folders_give_the_same_bytes(
    archive: tuple[str, Path], tmp_path: Path
) -> None:
    name, first = archive
    second = build(tmp_path / "elsewhere" / "deeper", name)
    assert first != second
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (first, second)}
    assert len(digests) == 1


def test_the_archive_holds_what_it_should(archive: tuple[str, Path]) -> None:
    name, path = archive
    with zipfile.ZipFile(path) as opened:
        entries = opened.infolist()
    tag = Target(THIS, "x86_64").cache_tag
    sources = {
        "one file": {"app.py"},
        "package": {"orders/__init__.py", "orders/app.py", "orders/words.py"},
        "src": {"orders/__init__.py", "orders/app.py", "orders/words.py"},
        "monorepo": {"app.py", "shared.py"},
    }[name] | {"index.py", *joined(PACKAGE)}
    compiled = {
        f"{Path(file).parent / '__pycache__' / Path(file).stem}.{tag}.pyc" for file in sources
    }
    rest = {"monorepo": {"pyproject.toml", *(f"shared-1.0.dist-info/{f}" for f in METADATA)}}
    names = [entry.filename for entry in entries]
    assert set(names) == sources | compiled | rest.get(name, set())
    assert names == sorted(names)
    for entry in entries:
        assert stat.filemode(entry.external_attr >> 16) == "-rw-r--r--"


METADATA = ("METADATA", "WHEEL")
CALL = """
import sys
sys.path.insert(0, {path!r})
import index
before = set(sys.modules)
print(index.Greet_them({{"name": "world"}}, None), index._2nd({{}}, None))
print(sorted(n for n in sys.modules if n.partition(".")[0] in ("app", "orders")))
"""


def call(python: Path | str, path: Path) -> list[str]:
    run = subprocess.run(
        [python, "-I", "-B", "-c", CALL.format(path=str(path))],
        env={"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_the_index_answers_from_within_the_zip(archive: tuple[str, Path]) -> None:
    name, path = archive
    alone = name in {"one file", "monorepo"}
    loaded = ["app"] if alone else ["orders", "orders.app", "orders.words"]
    assert call(sys.executable, path) == ["Hello, world two", str(loaded)]


def test_bytecode_is_valid_for_the_functions_python(
    interpreter: Path, interpreters: dict[str, Path], tmp_path: Path
) -> None:
    """Sources that would end the process prove that nothing is compiled again."""
    minor = next(name for name, path in interpreters.items() if path == interpreter)
    path = build(tmp_path / "application", "package", python=minor)
    task = tmp_path / "task"
    with zipfile.ZipFile(path) as opened:
        opened.extractall(task)
    for source in task.rglob("*.py"):
        source.write_text("raise SystemExit('compiled again')\n")
    assert call(interpreter, task)[0] == "Hello, world two"


@pytest.mark.usefixtures("native_library")
def test_a_native_archive_has_the_wrapper_and_a_library_that_loads_there(tmp_path: Path) -> None:
    path = build(tmp_path, "one file", "--runtime", "native")
    with zipfile.ZipFile(path) as opened:
        modes = {
            entry.filename: stat.filemode(entry.external_attr >> 16) for entry in opened.infolist()
        }
        opened.extractall(tmp_path / "task")
    assert modes["bootstrap"] == modes["_sparta.abi3.so"] == "-rwxr-xr-x"
    wrapper = (tmp_path / "task" / "bootstrap").read_text()
    assert wrapper.startswith("#!/var/lang/bin/python3 -IS\n")
    assert f'startswith("{THIS}.")' in wrapper
    assert "3.X" not in wrapper
    library = elf.read(tmp_path / "task" / "_sparta.abi3.so")
    assert (library.machine, library.glibc <= (2, 26)) == ("x86_64", True)
    assert call(sys.executable, tmp_path / "task")[0] == "Hello, world two"


def test_nothing_changed_gives_the_same_archive_and_one_line_another(tmp_path: Path) -> None:
    path = build(tmp_path, "package")
    first = path.read_bytes()
    provision(tmp_path / "orders" / "app.py")
    assert path.read_bytes() == first
    (tmp_path / "orders" / "words.py").write_text('GREETING = "Ciao"\n')
    provision(tmp_path / "orders" / "app.py")
    assert path.read_bytes() != first
    assert call(sys.executable, path)[0] == "Ciao, world two"


@pytest.mark.parametrize("name", ["index.py", "bootstrap", "_sparta/__init__.py"])
def test_a_reserved_name_is_refused(tmp_path: Path, name: str) -> None:
    app, files = layout("one file")
    write(tmp_path, files | {name: ""})
    said = provision(tmp_path / app, exit_code=1)
    assert f"the name {name.partition('/')[0].partition('.')[0]!r} is taken by a file" in said
    assert "rename it" in said
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("*.zip"))


def test_a_dependency_without_a_wheel_is_refused(tmp_path: Path, no_index: Path) -> None:
    with zipfile.ZipFile(no_index / "fastmath-1.0-cp312-cp312-win_amd64.whl", "w") as wheel:
        wheel.writestr("fastmath/__init__.py", "")
    app, files = layout("one file")
    write(tmp_path / "shop", files | {"requirements.txt": "fastmath\n"})
    said = provision(tmp_path / "shop" / app, exit_code=1)
    assert f"the dependency 'fastmath' has no wheel for python{THIS} on x86_64" in said
    assert "requirements.txt" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "shop").rglob("*.zip"))
