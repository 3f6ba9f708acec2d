"""A function cannot be replaced: its name is its own."""

from __future__ import annotations

import pytest

from sparta.deploy.change_set import Change
from sparta.deploy.replacement import refuse_replacement
from sparta.errors import DeployError

FUNCTION = "AWS::Lambda::Function"


def test_each_such_function_is_told_with_its_place() -> None:
    changes = [
        Change("Replace", "One", FUNCTION),
        Change("Modify", "Two", FUNCTION),
        Change("Replace", "Queue", "AWS::SQS::Queue"),
        Change("Replace", "Three", FUNCTION),
    ]
    with pytest.raises(DeployError) as caught:
        refuse_replacement(changes, {"One": "app.py:7"})
    assert [(one.where, one.what.split()[0]) for one in caught.value.problems] == [
        ("app.py:7", "One"),
        ("", "Three"),
    ]
    refuse_replacement(changes[1:3], {})
