"""`sparta policy`, and the lint's warnings in `--noop`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import orjson
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

UNUSED = """
import sparta
from sparta.aws import Table

orders = Table("Orders", key="id")

@sparta.function(uses=[orders.grant("PutItem")])
def sell():
    return "sold"

if __name__ == "__main__":
    sparta.main("Shop", "Sells", functions=[sell])
"""


@pytest.fixture
def unused(app: Path) -> Path:
    app.write_text(UNUSED)
    return app


@pytest.mark.usefixtures("unused")
def test_lint_warns_and_fails_only_if_it_is_asked_to(run: Callable[..., Result]) -> None:
    text = run("policy", "lint").output
    assert "app.py:7: dynamodb:PutItem seems unused by 'sell'" in text
    assert "Findings=1" in text
    assert "1 rights do not fit the source" in run("policy", "lint", "--strict", exit_code=1).output


@pytest.mark.usefixtures("app")
def test_strict_passes_where_nothing_is_found(run: Callable[..., Result]) -> None:
    assert "Findings=0" in run("policy", "lint", "--strict").output


@pytest.mark.usefixtures("unused")
def test_noop_warns_too(run: Callable[..., Result]) -> None:
    assert "WARN" in run("provision", "--noop").output
    assert "seems unused by 'sell'" in run("provision", "--noop").output


def test_deployer_prints_a_policy_and_nothing_else(unused: Path) -> None:
    command = [sys.executable, "-m", "sparta", "policy", "deployer", "-s", "code"]
    run = subprocess.run(command, cwd=unused.parent, capture_output=True, timeout=60, check=True)
    document = orjson.loads(run.stdout)
    assert document["Version"] == "2012-10-17"
    actions = {action for one in document["Statement"] for action in one["Action"]}
    assert {"cloudformation:CreateChangeSet", "iam:PassRole", "s3:PutObject"} <= actions
    assert b"arn:aws:s3:::code/Shop/*" in run.stdout


@pytest.mark.usefixtures("app")
def test_an_account_is_twelve_digits(run: Callable[..., Result]) -> None:
    text = run("policy", "deployer", "--account", "12", exit_code=2).output
    assert "--account 12 is not an account" in text
