"""Applications in temporary folders, and what a stage reports."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from sparta.app.application import Application, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    MakeApplication = Callable[..., Application]


class Reports:
    """Keeps what was reported."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, dict[str, object]]] = []

    def __call__(self, message: str, /, **fields: object) -> None:
        self.messages.append((message, fields))


@pytest.fixture
def report() -> Reports:
    return Reports()


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


@pytest.fixture
def make_application(tmp_path: Path) -> MakeApplication:
    """Return a function that writes files and returns the Application they are."""

    def make(
        files: Mapping[str, str],
        *,
        root: str = ".",
        module: str = "app",
        project: Path = tmp_path,
        **fields: object,
    ) -> Application:
        write_files(project, files)
        folder = (project / root).resolve()
        values: dict[str, object] = {
            "name": "Shop",
            "description": "",
            "functions": (),
            "api": None,
            "resources": (),
            "tags": {},
            "python": "3.11",
            "architecture": "x86_64",
            "runtime": "python",
            "root": folder,
            "app_file": folder / (module.replace(".", "/") + ".py"),
            "module": module,
            "entries": {"hello": Entry(module, ("hello",))},
            "project": project,
            "declared_at": "app.py:1",
        }
        return Application(**(values | fields))  # type: ignore[arg-type]

    return make


class Wheels:
    """A folder of wheels made here, the only ones that uv and pip see."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self,
        name: str,
        version: str = "1.0",
        *,
        tag: str = "py3-none-any",
        requires: Sequence[str] = (),
        files: Mapping[str, str] | None = None,
    ) -> Path:
        """Add a wheel that holds the module `name`, or `files`."""
        module = name.replace("-", "_")
        contents = dict(files or {f"{module}/__init__.py": f"VERSION = {version!r}\n"})
        folder = f"{module}-{version}.dist-info"
        needs = "".join(f"Requires-Dist: {line}\n" for line in requires)
        contents[f"{folder}/METADATA"] = (
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}"
        )
        contents[f"{folder}/WHEEL"] = (
            f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n"
        )
        record = f"{folder}/RECORD"
        contents[record] = "".join(f"{path},,\n" for path in (*contents, record))
        wheel = self.folder / f"{module}-{version}-{tag}.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, content in contents.items():
                archive.writestr(path, content)
        return wheel


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wheels:
    """Return an empty folder of wheels; no index is asked."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    configuration = tmp_path / "uv.toml"
    configuration.write_text(f'no-index = true\nfind-links = ["{folder}"]\n')
    monkeypatch.setenv("UV_CONFIG_FILE", str(configuration))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv-cache"))
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    return Wheels(folder)
