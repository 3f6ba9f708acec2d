"""What the archive holds for each door; the real wheel of cffi for another Python than ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.errors import PackageError
from sparta.package import elf, handler_door, shim, uv
from sparta.package.packaged import PackagedFile
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import Reports


def test_each_door_has_its_modules() -> None:
    assert [file.path for file in shim.modules(("bootstrap",))] == []
    assert [file.path for file in shim.modules(("bootstrap", "takeover"))] == [
        "_sparta_takeover.py"
    ]
    names = [file.path for file in shim.modules(("handler",))]
    assert names == ["_sparta_handler.py", "_sparta_door.py", "_sparta_cffi.py"]
    assert all(file.content for file in shim.modules(("handler",)))


@pytest.fixture(params=["uv", "pip"])
def tool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install with each of the two."""
    name: str = request.param
    if name == "pip":
        monkeypatch.setattr(uv, "find", lambda: None)
    return name


@pytest.mark.usefixtures("tool")
@pytest.mark.parametrize(
    ("target", "suffix"),
    [
        (Target("3.13", "arm64"), "313-aarch64-linux-gnu.so"),
        (Target("3.11", "x86_64"), "311-x86_64-linux-gnu.so"),
    ],
)
def test_the_backend_is_the_one_of_the_function(
    tmp_path: Path, report: Reports, target: Target, suffix: str
) -> None:
    (file,) = handler_door.backend(target, (), tmp_path, report)
    assert handler_door.backend(target, (), tmp_path, report) == (file,)  # from the cache
    assert file.path == f"_cffi_backend.cpython-{suffix}"
    assert file.source is not None
    assert elf.read(file.source).machine == target.architecture
    assert len(report.messages) == 1


def test_the_applications_own_backend_stays(tmp_path: Path, report: Reports) -> None:
    own = PackagedFile("_cffi_backend.cpython-312-x86_64-linux-gnu.so", "cffi", content=b"x")
    assert handler_door.backend(Target("3.12", "x86_64"), (own,), tmp_path, report) == ()
    assert report.messages == []


@pytest.mark.usefixtures("tool")
def test_another_wheel_is_refused(
    tmp_path: Path, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = handler_door.PINNED.read_text(encoding="utf-8")
    forged = tmp_path / "handler.txt"
    first = text.splitlines()[2].split("==")[1].split(" ")[0]
    forged.write_text(f"cffi=={first} --hash=sha256:{'0' * 64}\n")
    monkeypatch.setattr(handler_door, "PINNED", forged)
    with pytest.raises(PackageError):
        handler_door.backend(Target("3.12", "x86_64"), (), tmp_path / "kept", report)
