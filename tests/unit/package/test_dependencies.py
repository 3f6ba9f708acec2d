"""With the real uv and the real pip, on wheels made here."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from sparta.errors import PackageError
from sparta.package import dependencies, uv
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import MakeApplication, Reports, Wheels

    from sparta.app.application import Application
    from sparta.package.packaged import PackagedFile

TARGET = Target("3.12", "x86_64")
APP = {"app.py": ""}
BOTO3 = {"boto3": ["botocore", "jmespath"], "botocore": ["urllib3"], "jmespath": [], "urllib3": []}
BACKEND = """
import zipfile

METADATA = {
    "METADATA": "Metadata-Version: 2.1\\nName: shared\\nVersion: 1.0\\n",
    "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "RECORD": "shared.py,,\\n",
}

def build_wheel(folder, settings=None, metadata=None):
    name = "shared-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.write("shared.py")
        for file, content in METADATA.items():
            wheel.writestr(f"shared-1.0.dist-info/{file}", content)
    return name
"""
SHARED = {
    "libs/shared/pyproject.toml": '[project]\nname = "shared"\nversion = "1.0"\n'
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    "libs/shared/backend.py": BACKEND,
    "libs/shared/shared.py": "ANSWER = 42\n",
}


def project(*needs: str) -> str:
    return (
        f'[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.11"\n'
        f"dependencies = {list(needs)!r}\n"
    )


@pytest.fixture(params=["uv", "pip"])
def installer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    if name == "pip":
        monkeypatch.setattr(uv, "find", lambda: None)
    return name


def install(application: Application, report: Reports) -> dict[str, PackagedFile]:
    installed = dependencies.install(application, TARGET, report)
    return {file.path: file for file in installed.base}


def test_no_requirements_install_nothing(
    make_application: MakeApplication, report: Reports
) -> None:
    assert install(make_application(APP), report) == {}
    assert report.messages == []


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements.txt"])
def test_dependencies_enter_with_what_they_need(
    make_application: MakeApplication,
    report: Reports,
    wheels: Wheels,
    installer: str,
    file: str,
) -> None:
    scripts = {"shop_tools/__init__.py": "", "shop_tools-1.0.data/scripts/shop": "#!python\n"}
    wheels.add("shop-tools", requires=["leaf>=1"], files=scripts)
    wheels.add("leaf", "0.9")
    wheels.add("leaf", "1.1")
    text = project("shop-tools") if file == "pyproject.toml" else "shop_tools\n"
    found = install(make_application(APP | {file: text}), report)
    assert sorted(found) == [
        "leaf-1.1.dist-info/METADATA",
        "leaf-1.1.dist-info/WHEEL",
        "leaf/__init__.py",
        "shop_tools-1.0.dist-info/METADATA",
        "shop_tools-1.0.dist-info/WHEEL",
        "shop_tools/__init__.py",
    ]
    assert found["leaf/__init__.py"].owner == "leaf"
    assert found["leaf/__init__.py"].read() == b"VERSION = '1.1'\n"
    assert report.messages[-1] == (
        "Installing dependencies",
        {"File": file, "Installer": installer},
    )


@pytest.mark.usefixtures("installer")
def test_sparta_and_boto3_stay_out_with_what_only_they_need(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    for name, needs in BOTO3.items():
        wheels.add(name, requires=needs)
    wheels.add("sparta", requires=["click", "uv"])
    wheels.add("click")
    wheels.add("uv")
    wheels.add("tool", requires=["click", "boto3"])
    application = make_application(APP | {"requirements.txt": "sparta\nboto3>=1\ntool\n"})
    found = install(application, report)
    assert {file.owner for file in found.values()} == {"tool", "click"}


def test_boto3_enters_when_asked_for(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    for name, needs in BOTO3.items():
        wheels.add(name, requires=needs)
    application = make_application(APP | {"requirements.txt": "boto3\n"})
    installed = dependencies.install(application, TARGET, report, bundle_boto3=True)
    assert {file.owner for file in installed.base} == set(BOTO3)


def test_a_lock_is_followed_and_pruned(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    wheels.add("leaf", "1.0")
    wheels.add("click")
    wheels.add("sparta", requires=["click"])
    wheels.add("tool", requires=["leaf"])
    wheels.add("ruff")
    text = project("sparta", "tool") + '[dependency-groups]\ndev = ["ruff"]\n'
    application = make_application(APP | {"pyproject.toml": text})
    tool = uv.find()
    assert tool is not None
    subprocess.run([tool, "lock", "--quiet"], cwd=application.project, check=True)
    wheels.add("leaf", "2.0")
    found = install(application, report)
    assert {file.owner for file in found.values()} == {"tool", "leaf"}
    assert found["leaf/__init__.py"].read() == b"VERSION = '1.0'\n"


@pytest.mark.parametrize("locked", [False, True])
def test_a_project_of_the_same_monorepo_is_built_and_followed(
    make_application: MakeApplication, report: Reports, wheels: Wheels, locked: bool
) -> None:
    wheels.add("leaf")
    source = '[tool.uv.sources]\nshared = { path = "../../libs/shared", editable = true }\n'
    files = {
        "services/orders/app.py": "",
        "services/orders/pyproject.toml": project("shared", "leaf") + source,
    }
    application = make_application(files | SHARED)
    folder = application.project / "services" / "orders"
    application = make_application({}, project=folder)
    if locked:
        tool = uv.find()
        assert tool is not None
        subprocess.run([tool, "lock", "--quiet"], cwd=folder, check=True)
    found = install(application, report)
    assert found["shared.py"].read() == b"ANSWER = 42\n"
    assert "leaf/__init__.py" in found
    assert not any(path.endswith((".pth", "direct_url.json")) for path in found)
    (folder / "../../libs/shared/shared.py").write_text("ANSWER = 43\n")
    assert install(application, report)["shared.py"].read() == b"ANSWER = 43\n"


def test_the_same_inputs_install_once(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    wheels.add("leaf")
    application = make_application(APP | {"requirements.txt": "leaf\n"})
    first = install(application, report)
    count = len(report.messages)
    shutil.rmtree(wheels.folder)
    assert install(application, report) == first
    assert len(report.messages) == count


@pytest.mark.usefixtures("installer")
@pytest.mark.parametrize("file", ["requirements.txt", "pyproject.toml"])
def test_a_dependency_without_a_wheel_for_the_target_is_named(
    make_application: MakeApplication,
    report: Reports,
    wheels: Wheels,
    file: str,
) -> None:
    text = "leaf\ncompiled==1.0\n" if file == "requirements.txt" else project("compiled", "leaf")
    wheels.add("leaf")
    wheels.add("compiled", tag="cp312-cp312-win_amd64")
    application = make_application(APP | {file: text})
    with pytest.raises(PackageError) as caught:
        install(application, report)
    problem = caught.value.problems[0]
    assert problem.what == (
        "the dependency 'compiled' has no wheel for python3.12 on x86_64 (glibc 2.34)"
    )
    assert problem.where == str(application.project / file)
    assert "ask for a version that has one" in problem.fix
    assert install_folders(application.project) == []


def install_folders(folder: Path) -> list[Path]:
    return list((folder / ".sparta" / "cache").glob("dependencies/*"))


def test_the_wheel_for_the_target_is_taken_not_the_one_for_this_machine(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    for tag in ("cp312-cp312-manylinux_2_17_x86_64", "cp312-cp312-manylinux_2_17_aarch64"):
        wheels.add("compiled", tag=tag, files={"compiled/tag.txt": tag})
    application = make_application(APP | {"requirements.txt": "compiled\n"})
    for architecture, processor in (("x86_64", "x86_64"), ("arm64", "aarch64")):
        installed = dependencies.install(application, Target("3.12", architecture), report)
        found = {file.path: file for file in installed.base}
        assert found["compiled/tag.txt"].read().decode().endswith(processor)


def test_a_hash_that_does_not_match_is_refused(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    wheel = wheels.add("leaf")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    good = make_application(APP | {"requirements.txt": f"leaf==1.0 --hash=sha256:{digest}\n"})
    assert "leaf/__init__.py" in install(good, report)
    bad = make_application(APP | {"requirements.txt": f"leaf==1.0 --hash=sha256:{'0' * 64}\n"})
    with pytest.raises(PackageError, match="the dependencies cannot be installed"):
        install(bad, report)


def test_an_unknown_dependency_is_named(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    wheels.add("leaf")
    application = make_application(APP | {"requirements.txt": "no-such-thing==1\n"})
    with pytest.raises(PackageError, match="no-such-thing"):
        install(application, report)


def test_a_lock_needs_uv(
    make_application: MakeApplication, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uv, "find", lambda: None)
    application = make_application(APP | {"pyproject.toml": project("leaf"), "uv.lock": ""})
    with pytest.raises(PackageError, match=r"uv\.lock can only be read by uv"):
        install(application, report)


def test_a_requirements_file_may_name_a_folder_of_wheels(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    wheel = wheels.add("leaf")
    text = "--no-index\n--find-links more\nleaf\n"
    application = make_application(APP | {"requirements.txt": text, "more/README": ""})
    wheel.rename(application.project / "more" / wheel.name)
    assert "leaf/__init__.py" in install(application, report)


def test_what_stays_out_altogether_is_not_even_looked_up(
    make_application: MakeApplication, report: Reports, wheels: Wheels
) -> None:
    assert list(wheels.folder.iterdir()) == []
    application = make_application(APP | {"pyproject.toml": project("sparta", "boto3>=1")})
    assert install(application, report) == {}
    assert [message for message, _ in report.messages] == ["Resolving dependencies"]
