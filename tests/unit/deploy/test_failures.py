"""What AWS refuses, and what fails on the way: the cause, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import ANY

from sparta.deploy.provision import provision
from sparta.errors import DeployError, DetachedError, StackStuckError

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Heard, Script

    from sparta.deploy.plan import Plan
    from sparta.deploy.summary import Summary


def never(seconds: float) -> None:
    raise AssertionError(seconds)


def deploy(script: Script, plan: Plan, heard: Heard, sleep: Any = never) -> Summary:
    return provision(plan, script.aws, heard, sleep=sleep)


def test_refused_template_leaves_no_stack_under_review(
    script: Script, plan: Plan, heard: Heard
) -> None:
    script.no_stack()
    script.uploaded()
    script.change_set("FAILED", "Validation failed with 1 error(s). Call DescribeEvents ...")
    found = {
        "EventId": "1",
        "StackId": script.STACK_ID,
        "Timestamp": "2026-01-02T03:04:05Z",
        "LogicalResourceId": "Orders",
        "ValidationPath": "/Resources/Orders/Properties/FifoQueue",
        "ValidationStatusReason": "expected boolean",
    }
    asked = {"ChangeSetName": script.SET_ID, "Filters": {"FailedEvents": True}}
    script.answers("cloudformation.describe_events", {"OperationEvents": [found]}, **asked)
    script.stack("REVIEW_IN_PROGRESS")
    asked_delete = {"StackName": script.STACK_ID, "ClientRequestToken": ANY}
    script.answers("cloudformation.delete_stack", {}, **asked_delete)
    with pytest.raises(DeployError) as caught:
        deploy(script, plan, heard)
    (problem,) = caught.value.problems
    assert problem.where == "app.py:7"
    assert "refuses /Resources/Orders/Properties/FifoQueue: expected boolean" in problem.what


def test_refusal_stands_where_validation_events_cannot_be_read(
    script: Script, plan: Plan, heard: Heard
) -> None:
    script.standing()
    script.uploaded()
    script.change_set("FAILED", "Template error: no such thing")
    script.refuses("cloudformation.describe_events", "InvalidAction")
    script.refuses("cloudformation.delete_change_set", "Throttling", "slow down")
    with pytest.raises(DeployError, match="refuses the template: Template error: no such thing"):
        deploy(script, plan, heard)
    assert heard.messages[-1] == "The change set could not be deleted"


def test_refused_before_a_change_set_exists(script: Script, plan: Plan, heard: Heard) -> None:
    script.no_stack()
    script.uploaded()
    text = "Template format error: Unresolved resource dependencies"
    script.refuses("cloudformation.create_change_set", "ValidationError", text)
    script.no_stack()
    with pytest.raises(DeployError, match="Unresolved resource dependencies"):
        deploy(script, plan, heard)


def test_stack_that_somebody_left_under_review_is_adopted_and_not_deleted(
    script: Script, plan: Plan, heard: Heard
) -> None:
    script.stack("REVIEW_IN_PROGRESS")
    script.uploaded()
    script.refuses("cloudformation.create_change_set", "ValidationError", "no")
    with pytest.raises(DeployError):
        deploy(script, plan, heard)


def test_refused_execution_takes_the_change_set_back(
    script: Script, plan: Plan, heard: Heard
) -> None:
    script.standing()
    script.uploaded()
    script.change_set("CREATE_COMPLETE")
    script.events()
    script.refuses("cloudformation.execute_change_set", "InvalidChangeSetStatus", "stale")
    script.answers("cloudformation.delete_change_set", {})
    with pytest.raises(DeployError, match="refused to carry out the change set"):
        deploy(script, plan, heard)


def test_failed_creation_names_the_root_cause(script: Script, plan: Plan, heard: Heard) -> None:
    script.no_stack()
    script.prepared("CREATE")
    script.events(
        script.event(1, "Bill", "CREATE_FAILED", "Resource creation cancelled"),
        script.event(2, "Orders", "CREATE_FAILED", "A queue of that name exists"),
        script.event(3, "Bell", "CREATE_FAILED", "Too late"),
        script.event(4, "Shop", "ROLLBACK_IN_PROGRESS", "The following resource(s) failed"),
        script.event(5, "Shop", "ROLLBACK_COMPLETE"),
    )
    script.stack("ROLLBACK_COMPLETE")
    with pytest.raises(DeployError) as caught:
        deploy(script, plan, heard)
    assert not isinstance(caught.value, StackStuckError)
    (problem,) = caught.value.problems
    assert problem.where == "app.py:7"
    assert problem.what == "Orders (AWS::SQS::Queue) CREATE_FAILED: A queue of that name exists"
    assert "the next provision clears it away" in problem.fix


def test_failed_update_says_that_all_is_as_before(script: Script, plan: Plan, heard: Heard) -> None:
    script.standing()
    script.prepared()
    script.events(
        script.event(1, "Other", "UPDATE_FAILED", "No"),
        script.event(5, "Shop", "UPDATE_ROLLBACK_COMPLETE"),
    )
    script.stack("UPDATE_ROLLBACK_COMPLETE")
    with pytest.raises(DeployError, match=r"Other .* UPDATE_FAILED: No") as caught:
        deploy(script, plan, heard)
    assert caught.value.problems[-1].fix == "Everything was put back as it was before"


def test_failed_rollback_needs_a_human(script: Script, plan: Plan, heard: Heard) -> None:
    script.standing()
    script.prepared()
    script.events(
        script.event(1, "Orders", "UPDATE_FAILED", "No"),
        script.event(5, "Shop", "UPDATE_ROLLBACK_FAILED", "Orders"),
    )
    script.stack("UPDATE_ROLLBACK_FAILED", StackStatusReason="[Orders]")
    script.resources(("Orders", "q", "AWS::SQS::Queue", "UPDATE_FAILED"))
    with pytest.raises(StackStuckError) as caught:
        deploy(script, plan, heard)
    failed, stuck, cause = caught.value.problems
    assert failed.where == cause.where == "app.py:7"
    assert "continue-update-rollback --stack-name Shop" in stuck.fix
    assert cause.what == "Orders (AWS::SQS::Queue) UPDATE_FAILED: No"


def test_credentials_that_expire_on_the_way(script: Script, plan: Plan, heard: Heard) -> None:
    script.standing()
    script.prepared()
    script.refuses("cloudformation.describe_stack_events", "ExpiredToken", "expired")
    with pytest.raises(DetachedError, match="goes on in AWS, but cannot be followed") as caught:
        deploy(script, plan, heard)
    assert caught.value.problems[0].fix == "The credentials have expired: log in again"


def test_stack_deleted_by_somebody_else_meanwhile(script: Script, plan: Plan, heard: Heard) -> None:
    script.standing()
    script.prepared()
    script.events(script.event(1, "Shop", "UPDATE_COMPLETE"))
    script.no_stack_by_id()
    with pytest.raises(DeployError, match="deleted by somebody else"):
        deploy(script, plan, heard)
