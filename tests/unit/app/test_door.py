"""Which door a function takes, and what that makes of its handler setting."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from sparta.app.door import door_of, doors, handler_setting
from sparta.app.function import Function
from sparta.app.validate import RESERVED_ENTRY_NAMES
from sparta.package.names import bound_names

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.app.conftest import MakeApplication

    from sparta.app.door import Door

AGENT = {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/datadog_wrapper"}


def handler() -> None: ...


@pytest.mark.parametrize(
    ("door", "plain", "watched", "needed"),
    [
        ("bootstrap", "bootstrap", "takeover", ("bootstrap", "takeover")),
        ("takeover", "takeover", "takeover", ("takeover",)),
        ("handler", "handler", "handler", ("handler",)),
    ],
)
def test_a_wrapper_of_its_own_keeps_ours_away(
    make_application: MakeApplication,
    door: Door,
    plain: Door,
    watched: Door,
    needed: tuple[Door, ...],
) -> None:
    functions = (Function(handler), Function(handler, name="watched", environment=AGENT))
    application = make_application(*functions, runtime="native", door=door)
    assert [door_of(application, function) for function in functions] == [plain, watched]
    assert doors(application) == needed


def test_the_handler_setting_names_the_door(make_application: MakeApplication) -> None:
    function = Function(handler, name="2 orders!")
    settings = [
        handler_setting(make_application(function, runtime="native", door=door), function)
        for door in ("bootstrap", "takeover", "handler")
    ]
    names = ("index", "_sparta_takeover", "_sparta_handler")
    assert settings == [f"{name}._2_orders_" for name in names]


def test_aws_client_alone_has_no_door(make_application: MakeApplication) -> None:
    function = Function(handler, environment=AGENT)
    application = make_application(function, runtime="python")
    assert door_of(application, function) is None
    assert doors(application) == ()
    assert handler_setting(application, function) == "index.handler"


@pytest.mark.parametrize("name", ["_sparta_takeover", "_sparta_handler"])
def test_no_function_can_be_hidden_by_a_name_of_the_shim(project_root: Path, name: str) -> None:
    source = (project_root / "shim" / f"{name}.py").read_text(encoding="utf-8")
    assert set(bound_names(ast.parse(source))) <= RESERVED_ENTRY_NAMES
