"""What `bench` and `profile imports` refuse before anything is packaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from click.testing import Result


def test_an_event_that_is_no_json_is_refused(
    app: Path, run: Callable[..., Result], capsys: pytest.CaptureFixture[str]
) -> None:
    (app.parent / "event.json").write_text("{")
    result = run("bench", "--event", "event.json", exit_code=2)
    assert "It is no event" in result.output + capsys.readouterr().err


def test_an_unknown_function_is_refused_with_the_known_ones(
    app: Path, run: Callable[..., Result], capsys: pytest.CaptureFixture[str]
) -> None:
    del app
    result = run("profile", "imports", "--function", "nobody", exit_code=2)
    assert "Name one of: sell" in result.output + capsys.readouterr().err
