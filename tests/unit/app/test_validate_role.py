"""Roles, boundaries and statements are checked as they are spelled, all of them at once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sparta import iam
from sparta.app.function import Function
from sparta.app.validate_functions import function_problems
from sparta.app.validate_role import own_role_problems, role_problems
from sparta.aws import Bucket
from sparta.iam.statement import Statement

ROLE = "arn:aws:iam::123456789012:role/"
BUCKET = Bucket("Uploads")


def handler() -> None: ...


@pytest.mark.parametrize(
    "role",
    [
        "worker",
        f"{ROLE}worker",
        f"{ROLE}teams/orders/worker",
        "arn:aws-cn:iam::123456789012:role/w",
    ],
)
def test_a_role_is_an_arn_or_a_name(role: str) -> None:
    assert list(role_problems(Function(handler, role=role))) == []


@pytest.mark.parametrize(
    "role",
    [
        *("teams/worker", "two words", "", "x" * 65, "arn:aws:iam::12345:role/worker"),
        *("arn:aws:iam::123456789012:user/worker", "arn:aws:iam::123456789012:role/"),
    ],
)
def test_anything_else_is_refused_offline(role: str) -> None:
    (problem,) = role_problems(Function(handler, role=role))
    assert f"role={role!r} of 'handler' is neither the ARN nor the name" in problem.what
    assert problem.where.rpartition(":")[0] == __file__


def test_an_existing_role_is_not_changed() -> None:
    (problem,) = role_problems(Function(handler, role="worker", role_path="/a/"))
    assert "role_path of 'handler' cannot change the existing role 'worker'" in problem.what


@pytest.mark.parametrize(
    ("boundary", "path", "wrong"),
    [
        ("Limits", "/teams/orders/", []),
        ("arn:aws:iam::aws:policy/job-function/ViewOnlyAccess", "/", []),
        (None, None, []),
        ("two words", "/teams", ["permissions_boundary", "role_path"]),
        (f"{ROLE}worker", "teams/", ["permissions_boundary", "role_path"]),
        (5, 5, ["permissions_boundary", "role_path"]),
    ],
)
def test_boundary_and_path_are_spelled_as_iam_wants_them(
    boundary: Any, path: Any, wrong: list[str]
) -> None:
    settings: Any = SimpleNamespace(permissions_boundary=boundary, role_path=path)
    found = [problem.what.partition("=")[0] for problem in own_role_problems(settings, "app.py:1")]
    assert found == wrong


@pytest.mark.parametrize(
    ("use", "what"),
    [
        (iam.allow("s3:GetObject"), "names no resource"),
        (iam.allow("s3:GetObject").on(), "names no resource"),
        (iam.allow().on("*"), "names no action"),
        (iam.allow("GetObject").on(BUCKET.arn), "'GetObject', in a statement of 'handler', is not"),
        (iam.allow("s3:GetObject").on("uploads"), "'uploads', in a statement of 'handler', is not"),
        (iam.allow("s3:GetObject").on(BUCKET.arn).when({"Equals": {}}), "is not an operator"),
        (Statement(["s3:GetObject"], [5]), "5, in a statement"),  # type: ignore[list-item]
    ],
)
def test_a_statement_is_checked_word_by_word(use: Any, what: str) -> None:
    (problem,) = function_problems(Function(handler, uses=[use]))
    assert what in problem.what
    assert problem.where.rpartition(":")[0] == __file__


@pytest.mark.parametrize(
    "operator",
    [
        *("StringEquals", "StringNotEqualsIgnoreCaseIfExists", "ForAllValues:StringLike", "Null"),
        *("NumericLessThanEquals", "DateGreaterThan", "NotIpAddress", "ArnLikeIfExists", "Bool"),
    ],
)
def test_every_operator_of_iam_is_taken(operator: str) -> None:
    use = iam.allow("s3:GetObject").on(BUCKET.arn).when({operator: {"aws:SourceIp": "10.0.0.0/8"}})
    assert list(function_problems(Function(handler, uses=[use]))) == []
