from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sparta
from sparta.app.crate import Crate, crate_of
from sparta.app.validate_rust import rust_problems
from sparta.aws import Queue
from sparta.errors import SpartaError
from sparta.model.caller import declared_at

if TYPE_CHECKING:
    from sparta.errors import Problem

HERE = Path(__file__)


@pytest.fixture
def crate(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "lib.rs").write_text("")
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "native-mix"\n')
    return tmp_path


def problems(*functions: sparta.Function[object, object], runtime: str = "native") -> list[Problem]:
    return list(rust_problems(functions, runtime))


def only(found: list[Problem]) -> Problem:
    assert len(found) == 1, found
    return found[0]


def test_a_function_in_rust_is_a_function_like_any_other(crate: Path) -> None:
    queue = Queue("Jobs")
    rust = sparta.RustCrate(str(crate))
    resize = rust.function("resize", memory_mb=512, on=queue.messages(), role="workers")
    place = declared_at(1).rpartition(":")
    assert resize.declared_at == f"{place[0]}:{int(place[2]) - 1}"
    assert (resize.name, resize.entry_name, resize.memory_mb) == ("resize", "resize", 512)
    assert (resize.role, resize.on[0].event_type.__name__) == ("workers", "Sqs")
    named = rust.function("resize", name="Resize images")
    assert (named.entry_name, named.handler.__name__) == ("Resize_images", "resize")
    assert problems(resize, named) == []
    assert crate_of([resize]) == Crate(crate, "native-mix", rust.declared_at)
    assert crate_of([sparta.Function(lambda: None, name="a")]) is None


def test_a_call_outside_of_its_archive_says_where_it_runs(crate: Path) -> None:
    resize = sparta.RustCrate(str(crate)).function("resize")
    with pytest.raises(SpartaError, match="'resize' runs in its archive only") as caught:
        resize({})
    assert "cargo test" in str(caught.value)


def test_it_needs_the_native_runtime(crate: Path) -> None:
    resize = sparta.RustCrate(str(crate)).function("resize")
    problem = only(problems(resize, runtime="python"))
    assert problem.where == resize.declared_at
    assert "is in Rust, but the runtime is 'python'" in problem.what
    assert "--runtime native" in problem.fix


@pytest.mark.parametrize("name", ["images::resize", "re size", ""])
def test_a_name_that_rust_has_not(crate: Path, name: str) -> None:
    function = sparta.RustCrate(str(crate)).function(name, name="resize")
    assert f"{name!r} is not the name of a Rust function" in only(problems(function)).what


def test_the_folder_is_relative_to_the_file_that_says_it() -> None:
    rust = sparta.RustCrate("./nowhere")
    problem = only(problems(rust.function("resize"), rust.function("crop")))
    assert problem.where == rust.declared_at
    assert problem.what.endswith(f"there is no folder {HERE.parent / 'nowhere'}")


def test_what_is_no_library_is_refused(crate: Path) -> None:
    function = sparta.RustCrate(str(crate)).function("resize")
    manifest = crate / "Cargo.toml"
    said = []
    for text in (
        '[package]\nname = "a"\n[lib]\ncrate-type = ["cdylib"]\n',
        '[package]\nname = "a"\n[lib]\nproc-macro = true\n',
        "[workspace]\n",
        "[package\n",
    ):
        manifest.write_text(text)
        said.append(only(problems(function)).what)
    manifest.write_text('[package]\nname = "a"\n')
    (crate / "src" / "lib.rs").unlink()
    said.append(only(problems(function)).what)
    manifest.unlink()
    said.append(only(problems(function)).what)
    for what, part in zip(
        said,
        (
            "of a kind that no other crate can be linked with",
            "of a kind that no other crate can be linked with",
            "names no package",
            "cannot be read",
            "there is no src/lib.rs",
            "there is no Cargo.toml",
        ),
        strict=True,
    ):
        assert part in what


def test_an_application_has_one_crate(
    crate: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "src").mkdir()
    (other / "src" / "lib.rs").write_text("")
    (other / "Cargo.toml").write_text('[package]\nname = "b"\n')
    first, second = sparta.RustCrate(str(crate)), sparta.RustCrate(str(other))
    problem = only(problems(first.function("a"), second.function("b")))
    assert problem.where == second.declared_at
    assert f"two crates: {crate} and {other}" in problem.what
