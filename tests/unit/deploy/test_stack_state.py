"""What is done with a stack in each state that AWS knows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from sparta.deploy.settle import settle
from sparta.deploy.stack import Stack
from sparta.deploy.stack_state import Step, next_step
from sparta.errors import DetachedError, StackStuckError

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Heard, Script

UPDATE = [
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
]
WAIT = [
    "CREATE_IN_PROGRESS",
    "ROLLBACK_IN_PROGRESS",
    "DELETE_IN_PROGRESS",
    "UPDATE_IN_PROGRESS",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_ROLLBACK_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "IMPORT_IN_PROGRESS",
    "IMPORT_ROLLBACK_IN_PROGRESS",
]
STEPS = {
    **dict.fromkeys(UPDATE, Step.UPDATE),
    **dict.fromkeys(WAIT, Step.WAIT),
    **dict.fromkeys(["REVIEW_IN_PROGRESS", "DELETE_COMPLETE"], Step.CREATE),
    **dict.fromkeys(["ROLLBACK_COMPLETE", "ROLLBACK_FAILED"], Step.REPLACE),
}
STUCK = {
    "UPDATE_ROLLBACK_FAILED": "continue-update-rollback --stack-name Shop",
    "UPDATE_FAILED": "rollback-stack --stack-name Shop",
    "DELETE_FAILED": "--retain <LogicalId>",
    "IMPORT_ROLLBACK_FAILED": "CloudFormation console",
}


def stack(script: Script, status: str) -> Stack:
    return Stack(script.STACK_ID, "Shop", status, datetime(2026, 1, 2, tzinfo=UTC))


@pytest.mark.parametrize("status", STEPS)
def test_states_with_a_next_step(script: Script, status: str) -> None:
    assert next_step(stack(script, status), script.aws) is STEPS[status]


def test_every_state_of_the_service_is_known(script: Script) -> None:
    status: Any = script.aws.cloudformation.meta.service_model.shape_for("StackStatus")
    assert set(status.enum) == {*STEPS, *STUCK, "CREATE_FAILED"}


@pytest.mark.parametrize("status", STUCK)
def test_states_that_need_a_human(script: Script, status: str) -> None:
    script.resources(
        ("Orders", "q", "AWS::SQS::Queue", "UPDATE_FAILED"),
        ("Bill", "b", "AWS::SQS::Queue", "UPDATE_COMPLETE"),
    )
    with pytest.raises(StackStuckError) as caught:
        next_step(stack(script, status), script.aws)
    failed, way_out = caught.value.problems
    assert failed.what.startswith("Orders (AWS::SQS::Queue) is in UPDATE_FAILED")
    assert f"The stack Shop is in {status}" in way_out.what
    assert STUCK[status] in way_out.fix


def test_failed_creation_that_left_nothing_is_replaced(script: Script) -> None:
    script.resources(("Orders", "", "AWS::SQS::Queue", "CREATE_FAILED"))
    assert next_step(stack(script, "CREATE_FAILED"), script.aws) is Step.REPLACE


def test_failed_creation_that_was_kept_for_inspection_is_not(script: Script) -> None:
    kept = ("Orders", "q", "AWS::SQS::Queue", "CREATE_COMPLETE")
    script.resources(kept)
    script.resources(kept)
    with pytest.raises(StackStuckError, match="CREATE_FAILED"):
        next_step(stack(script, "CREATE_FAILED"), script.aws)


def test_failed_creation_is_deleted_saying_why(script: Script, heard: Heard) -> None:
    script.stack("ROLLBACK_COMPLETE")
    script.events(
        script.event(1, "Orders", "CREATE_FAILED", "taken"),
        script.event(2, "Shop", "ROLLBACK_COMPLETE"),
    )
    script.events(script.event(2, "Shop", "ROLLBACK_COMPLETE"))
    script.answers("cloudformation.delete_stack", {})
    script.events(
        script.event(2, "Shop", "ROLLBACK_COMPLETE"), script.event(3, "Shop", "DELETE_COMPLETE")
    )
    script.stack("DELETE_COMPLETE")
    script.no_stack()
    assert settle("Shop", script.aws, heard, _never) == (None, True)
    assert heard.lines[0][1]["Reason"] == "Orders (AWS::SQS::Queue): taken"


def test_failed_creation_that_cannot_be_deleted(script: Script, heard: Heard) -> None:
    script.stack("ROLLBACK_FAILED")
    script.events()
    script.events()
    script.answers("cloudformation.delete_stack", {})
    script.events(script.event(3, "Shop", "DELETE_FAILED"))
    script.stack("DELETE_FAILED")
    script.resources(("Orders", "q", "AWS::SQS::Queue", "DELETE_FAILED"))
    with pytest.raises(StackStuckError, match="Orders"):
        settle("Shop", script.aws, heard, _never)


def test_running_operation_is_followed_from_its_start(script: Script, heard: Heard) -> None:
    old = script.event(0, "Shop", "CREATE_COMPLETE")
    begun = script.event(1, "Shop", "UPDATE_IN_PROGRESS", "User Initiated")
    orders = script.event(2, "Orders", "UPDATE_COMPLETE")
    script.stack("UPDATE_IN_PROGRESS")
    script.events(old, begun, orders)
    script.events(old, begun, orders, script.event(3, "Shop", "UPDATE_COMPLETE"))
    script.stack("UPDATE_COMPLETE")
    script.stack("UPDATE_COMPLETE")
    found, free = settle("Shop", script.aws, heard, _never)
    assert found is not None
    assert not free
    assert heard.messages == ["Waiting for the operation in progress", "UPDATE_COMPLETE"]


def test_waiting_can_be_interrupted(script: Script, heard: Heard) -> None:
    begun = script.event(1, "Shop", "DELETE_IN_PROGRESS", "User Initiated")
    script.stack("DELETE_IN_PROGRESS")
    script.events(begun)
    script.events(begun)
    with pytest.raises(DetachedError, match="operation in progress"):
        settle("Shop", script.aws, heard, _interrupt)


def _never(seconds: float) -> None:
    raise AssertionError(seconds)


def _interrupt(_: float) -> None:
    raise KeyboardInterrupt
