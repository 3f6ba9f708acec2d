"""Credentials are put together here, so that this file holds none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.errors import PackageError, Problem
from sparta.package import credentials, sources
from sparta.package.packaged import APPLICATION, PackagedFile

if TYPE_CHECKING:
    from tests.unit.package.conftest import MakeApplication

LETTERS = "abcdEFGH0123" * 6
FOUND = {
    "an AWS access key": f'KEY = "AKIA{"Q2" * 8}"',
    "an AWS secret key": f'aws_secret_access_key = "{LETTERS[:40]}"',
    "a private key": f"-----BEGIN RSA PRIVATE KEY-----\n{LETTERS[:64]}\n",
    "a GitHub token": f"token = ghp_{LETTERS[:36]}",
    "a GitLab token": f"token = glpat-{LETTERS[:20]}",
    "a Slack token": f"token = xoxb-{LETTERS[:30]}",
    "a Slack webhook": f"https://hooks.slack.com/services/T0AB/B0AB/{LETTERS[:24]}",
    "a Stripe key": f"sk_live_{LETTERS[:24]}",
    "a Google API key": f"AIza{LETTERS[:35]}",
    "an npm token": f"npm_{LETTERS[:36]}",
    "a PyPI token": f"pypi-AgEIcHlwaS5vcmc{LETTERS[:60]}",
    "a SendGrid key": f"SG.{LETTERS[:22]}.{LETTERS[:43]}",
    "an API key of a language model": f"sk-ant-{LETTERS[:40]}",
}
HARMLESS = (
    'KEY = "AKIAIOSFODNN7EXAMPLE"',
    'if text.startswith("-----BEGIN PRIVATE KEY-----"):',
    "aws_secret_access_key = os.environ['SECRET']",
    f"-----BEGIN CERTIFICATE-----\n{LETTERS[:64]}\n",
    f"sk_test_{LETTERS[:24]}",
    f"sha256:{LETTERS}",
)


def problems(text: str, *allowed: str) -> list[Problem]:
    file = PackagedFile("keys.py", APPLICATION, content=f"# first\n{text}".encode())
    return credentials.problems([file], allowed)


@pytest.mark.parametrize("name", FOUND)
def test_what_has_the_shape_of_a_credential_is_refused_and_not_shown(name: str) -> None:
    (problem,) = problems(FOUND[name])
    assert problem.what == f"this looks like {name}"
    assert problem.where == "keys.py:2"
    assert "sparta: allow-secret" in problem.fix
    assert LETTERS[:20] not in str(problem)


def test_every_shape_is_tried() -> None:
    assert {shape.name for shape in credentials.SHAPES} == FOUND.keys()


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_resembles_one_is_not(text: str) -> None:
    assert problems(text) == []


def test_the_way_out_is_a_comment_or_a_setting() -> None:
    text = FOUND["an AWS access key"]
    assert problems(f"{text}  # of a sandbox; sparta: allow-secret") == []
    assert problems(text, "*.py") == []
    assert len(problems(f"# sparta: allow-secret\n{text}", "*.txt")) == 1


def test_binary_files_are_not_read_as_text() -> None:
    assert problems("\0" + FOUND["an AWS access key"]) == []


def test_all_places_are_told_at_once(make_application: MakeApplication) -> None:
    key = FOUND["an AWS access key"]
    files = {
        "app.py": f"{key}\n\n{key}\n",
        ".env": "A=1",
        "deploy/prod.env": "A=1",
        "tests/fixtures/.env": "A=1",
        ".env.example": "A=",
    }
    application = make_application(files)
    with pytest.raises(PackageError) as caught:
        sources.select(application)
    root = application.root
    places = [problem.where for problem in caught.value.problems]
    assert places == [
        f"{root}/.env",
        f"{root}/deploy/prod.env",
        f"{root}/app.py:1",
        f"{root}/app.py:3",
    ]


def test_settings_let_files_pass(make_application: MakeApplication) -> None:
    settings = '[tool.sparta]\nallow-secrets = ["deploy/*", "app.py"]\n'
    key = FOUND["an AWS access key"]
    application = make_application(
        {"app.py": key, "deploy/prod.env": "A=1", "pyproject.toml": settings}
    )
    assert "deploy/prod.env" in [file.path for file in sources.select(application)]
