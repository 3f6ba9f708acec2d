"""A package for CodePipeline holds no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta.deploy.codepipeline import write
from sparta.deploy.plan import Plan
from sparta.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

OPEN: dict[str, dict[str, Any]] = {
    "Password": {"Type": "String", "NoEcho": True},
    "Stage": {"Type": "String"},
}


def test_the_value_of_a_secret_parameter_is_refused(tmp_path: Path) -> None:
    values = {"Password": "hush", "Stage": "prod"}
    plan = Plan("Shop", b"{}", bucket="code", parameters=values, open_parameters=OPEN)
    with pytest.raises(UsageError, match="secret parameter Password") as caught:
        write(plan, {}, tmp_path / "package.zip")
    assert "hush" not in str(caught.value)
    assert not (tmp_path / "package.zip").exists()


def test_other_values_go_into_it(tmp_path: Path) -> None:
    plan = Plan("Shop", b"{}", bucket="code", parameters={"Stage": "prod"}, open_parameters=OPEN)
    assert write(plan, {}, tmp_path / "package.zip").size_bytes > 0
