"""What the command line says about how the library is built, and what runs before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (("--cargo-flags", "-v"), "--cargo-flags has no effect: no library is compiled"),
        (("--runtime", "native", "--builder", "prebuilt", "--cargo-flags", "-v"), "has no effect"),
        (("--runtime", "native", "--cargo-flags", "--target=x"), "the builder sets itself"),
        (("--runtime", "native", "--cargo-flags", "'a"), "cannot be split into words"),
        (("--builder", "make"), "'make' is not one of"),
    ],
)
def test_what_cannot_be_built_is_a_usage_error(
    run: Callable[..., Result], folder: Path, options: tuple[str, ...], what: str
) -> None:
    assert what in run("provision", "--noop", *options, exit_code=2).stderr
    assert not (folder / ".sparta").exists()


def test_a_failing_generator_fails_the_command(run: Callable[..., Result], folder: Path) -> None:
    with (folder / "pyproject.toml").open("a") as file:
        file.write("[tool.sparta]\ngenerate = ['python', '-c', 'print(6 * 7); 1 / 0']\n")
    shown = run("provision", "--noop", exit_code=1)
    assert "ended with exit code 1" in shown.stderr
    assert "ZeroDivisionError" in shown.stderr
    assert " 42\n" in shown.stdout
    assert "exit code 1" in (folder / ".sparta" / "build.log").read_text()
    assert list((folder / ".sparta").glob("*.zip")) == []
