"""Each end of a command has its exit code, a message, and no traceback unless one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from sparta import errors
from sparta.cli.exits import exit_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

OTHERS = {
    errors.UsageError: 2,
    errors.StackStuckError: 3,
    errors.DetachedError: 3,
}
MODULE = "sparta.cli.session.Session.declared"


def tree(kind: type[errors.SpartaError]) -> Iterator[type[errors.SpartaError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from tree(below)


@pytest.mark.parametrize("kind", [*tree(errors.SpartaError)])
def test_every_error_has_its_code(kind: type[errors.SpartaError]) -> None:
    assert exit_code(kind("what")) == OTHERS.get(kind, 1)


def test_errors_of_others() -> None:
    assert exit_code(click.UsageError("what")) == 2
    assert exit_code(ValueError("what")) == 1


@pytest.mark.parametrize("kind", OTHERS)
def test_codes_leave_the_command(
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    kind: type[errors.SpartaError],
) -> None:
    monkeypatch.setattr(MODULE, _raising(kind("what", where="there", fix="do")))
    result = run("status", exit_code=OTHERS[kind])
    assert result.stderr == "[0000] ERROR there: what\n  do\n"


def test_all_problems_are_shown(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = [errors.Problem("one"), errors.Problem("two", where="app.py:3")]
    monkeypatch.setattr(MODULE, _raising(errors.DeclarationError.of(problems)))
    lines = run("status", exit_code=1).stderr.splitlines()
    assert lines == ["[0000] ERROR one", "[0000] ERROR app.py:3: two"]


def test_unexpected_error(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, _raising(KeyError("oops")))
    result = run("status", exit_code=1)
    assert "failed unexpectedly: KeyError: 'oops'" in result.stderr
    assert "--debug" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("arguments", [("--debug", "status"), ("status", "--debug")])
def test_traceback_on_request(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(MODULE, _raising(errors.StackStuckError("what")))
    result = run(*arguments, exit_code=3)
    assert "Traceback (most recent call last)" in result.stderr


def test_interrupted(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, _raising(KeyboardInterrupt()))
    assert run("status", exit_code=1).stderr == "[0000] ERROR Interrupted\n"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("fly",), "No such command 'fly'"),
        (("provision", "--runtime", "ruby"), "'ruby' is not one of 'python', 'native'"),
        (("provision",), "provision needs an S3 bucket"),
        (("provision", "--noop", "--no-iam"), "--no-iam is for the local AWS only"),
        (("status", "--local", "--region", "eu-west-1"), "has a region and credentials of its own"),
        (("provision", "--noop", "-t", "a", "-t", "=b"), "'a' is no name and value"),
        (("invoke",), "Missing argument 'FUNCTION'"),
        (("invoke", "sell", "--event", "{"), "The event is not valid JSON"),
        (("--app", "no.py", "status"), "There is no file"),
    ],
)
@pytest.mark.usefixtures("app")
def test_usage_errors(run: Callable[..., Result], arguments: tuple[str, ...], text: str) -> None:
    assert text in run(*arguments, exit_code=2).stderr


@pytest.mark.usefixtures("app")
def test_provision_says_what_it_needs(run: Callable[..., Result]) -> None:
    text = run("provision", exit_code=2).stderr
    assert all(word in text for word in ("--s3-bucket NAME", "--local", "--noop"))


def test_no_application(run: Callable[..., Result]) -> None:
    text = run("status", exit_code=2).stderr
    assert "There is no application in" in text
    assert "[tool.sparta]" in text


def test_application_that_does_not_import(run: Callable[..., Result], folder: Path) -> None:
    (folder / "app.py").write_text("import sparta\nimport nothing_of_that_name\n")
    text = run("provision", "--noop", exit_code=1).stderr
    assert f"{folder / 'app.py'}:2: ModuleNotFoundError" in text
    assert "Traceback" not in text


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("command", ["status", "delete", "invoke", "provision"])
def test_without_credentials_both_ways_are_named(run: Callable[..., Result], command: str) -> None:
    more = {"invoke": ["sell"], "provision": ["-s", "code"]}.get(command, [])
    text = run(command, *more, exit_code=1).stderr
    assert "There are no AWS credentials" in text
    assert "No AWS region is chosen" in text
    assert "AWS_PROFILE" in text
    assert "--local" in text


def _raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail
