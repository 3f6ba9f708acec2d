from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.package.conftest import write_files

from sparta.errors import PackageError
from sparta.package import requirements

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["idna>=3", "sparta"]\n'


def test_nothing_names_nothing(tmp_path: Path) -> None:
    assert requirements.find(tmp_path, tmp_path) is None


@pytest.mark.parametrize(
    ("files", "kind", "name"),
    [
        ({"pyproject.toml": PROJECT}, "project", "pyproject.toml"),
        ({"pyproject.toml": PROJECT, "uv.lock": ""}, "lock", "pyproject.toml"),
        ({"pyproject.toml": PROJECT, "requirements.txt": ""}, "project", "pyproject.toml"),
        ({"requirements.txt": "idna"}, "text", "requirements.txt"),
        (
            {"pyproject.toml": "[tool.ruff]\n", "requirements.txt": "idna"},
            "text",
            "requirements.txt",
        ),
    ],
)
def test_the_kinds(tmp_path: Path, files: dict[str, str], kind: str, name: str) -> None:
    write_files(tmp_path, files)
    found = requirements.find(tmp_path, tmp_path)
    assert found is not None
    assert (found.kind, found.file.name) == (kind, name)
    assert found.file in found.inputs


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    write_files(tmp_path, {"pyproject.toml": PROJECT, "services/orders/requirements.txt": "idna"})
    root = tmp_path / "services" / "orders"
    found = requirements.find(root, tmp_path)
    assert found is not None
    assert found.file == root / "requirements.txt"
    above = requirements.find(tmp_path / "services", tmp_path)
    assert above is not None
    assert above.file == tmp_path / "pyproject.toml"
    assert requirements.find(tmp_path / "services", tmp_path / "services") is None


def test_the_lock_of_a_workspace_is_found(tmp_path: Path) -> None:
    member = tmp_path / "services" / "orders"
    write_files(
        tmp_path,
        {
            "pyproject.toml": '[tool.uv.workspace]\nmembers = ["services/*"]\n',
            "uv.lock": "",
            "services/orders/pyproject.toml": PROJECT,
        },
    )
    found = requirements.find(member, member)
    assert found is not None
    assert found.kind == "lock"
    assert found.inputs == (member / "pyproject.toml", tmp_path / "uv.lock")


def test_sparta_itself_needs_nothing_in_an_archive(tmp_path: Path) -> None:
    write_files(tmp_path, {"pyproject.toml": PROJECT.replace("shop", "Sparta")})
    assert requirements.find(tmp_path, tmp_path) is None


def test_included_files_decide_too(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "requirements.txt": "-r deps/more.txt\n--constraint=limits.txt\nidna # codec\n",
            "deps/more.txt": "six==1.17 \\\n  --hash=sha256:00\n-r ../requirements.txt\n",
            "limits.txt": "idna<4\n",
        },
    )
    (tmp_path / "requirements.txt").write_text("-r deps/more.txt\n-c limits.txt\nidna # codec\n")
    (tmp_path / "deps" / "more.txt").write_text("six==1.17 \\\n  --hash=sha256:00\n")
    found = requirements.find(tmp_path, tmp_path)
    assert found is not None
    assert [file.name for file in found.inputs] == ["requirements.txt", "more.txt", "limits.txt"]
    lines = requirements.listed(found)
    assert [requirements.name_of(line) for line in lines] == ["six", "", "idna"]


def test_an_included_file_that_is_missing_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, {"requirements.txt": "-r gone.txt\n"})
    with pytest.raises(PackageError, match=r"gone\.txt: this requirements file does not exist"):
        requirements.find(tmp_path, tmp_path)


def test_toml_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, {"pyproject.toml": "[project\n"})
    with pytest.raises(PackageError, match=r"pyproject\.toml: not valid TOML"):
        requirements.find(tmp_path, tmp_path)


def test_names_are_normalised() -> None:
    assert requirements.name_of("Foo.Bar_baz[extra]>=1; python_version > '3'") == "foo-bar-baz"
    assert requirements.name_of("--hash=x") == ""
