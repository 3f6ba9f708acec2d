"""A table that would be replaced, on the local AWS: refused, taken back, done if it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.functional.conftest import Project

STOCK = """
import sparta
from sparta.aws import Table

stock = Table("Stock", key="{key}")

@sparta.function(uses=[stock.grant("PutItem")])
def put(event: dict[str, object]) -> str:
    return stock.name

if __name__ == "__main__":
    sparta.main("Stock", functions=[put])
"""


@pytest.fixture(scope="module")
def project(
    tmp_path_factory: pytest.TempPathFactory, project_of: Callable[..., Project]
) -> Project:
    source = tmp_path_factory.mktemp("stock")
    (source / "pyproject.toml").write_text('[project]\nname = "stock"\nversion = "1"\n')
    (source / "app.py").write_text(STOCK.format(key="id"))
    return project_of(source, "Stock")


def test_a_table_is_replaced_only_when_that_is_meant(project: Project) -> None:
    deploy = ("provision", "--local", "--runtime", "python")
    file: Path = project.folder / "app.py"
    project.sparta(*deploy)
    before = project.sparta("invoke", "put", "--local").splitlines()[-1]
    file.write_text(STOCK.format(key="sku"))
    refused = project.sparta(*deploy, exit_code=1)
    problem, fix = refused.splitlines()[-2:]
    assert f"ERROR {file}:5: This would perhaps replace Stock (AWS::DynamoDB::Table)" in problem
    assert "--allow-data-loss" in fix
    assert "Updating stack" not in refused
    found = project.client("cloudformation").list_change_sets(StackName="Stock")["Summaries"]
    assert "AVAILABLE" not in {one["ExecutionStatus"] for one in found}
    assert project.sparta("invoke", "put", "--local").splitlines()[-1] == before
    assert "Updating stack" in project.sparta(*deploy, "--allow-data-loss")
