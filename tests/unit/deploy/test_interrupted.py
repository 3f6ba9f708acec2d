"""Ctrl-C: before AWS carries the change out it leaves nothing, after that it detaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta.deploy.provision import provision
from sparta.errors import DeployError, DetachedError

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Heard, Script

    from sparta.deploy.plan import Plan
    from sparta.deploy.summary import Summary


def never(seconds: float) -> None:
    raise AssertionError(seconds)


def deploy(script: Script, plan: Plan, heard: Heard, sleep: Any = never) -> Summary:
    return provision(plan, script.aws, heard, sleep=sleep)


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_interrupted_before_the_change_set_is_carried_out(
    script: Script, plan: Plan, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.no_stack()
    script.uploaded()
    ids = {"Id": script.SET_ID, "StackId": script.STACK_ID}
    script.answers("cloudformation.create_change_set", ids)
    monkeypatch.setattr(script.aws.stacks, "change_set", interrupted)
    script.stack("REVIEW_IN_PROGRESS")
    script.answers("cloudformation.delete_stack", {})
    with pytest.raises(DeployError, match="Interrupted; the stack Shop was not touched"):
        deploy(script, plan, heard)


def test_interrupted_while_it_is_carried_out(script: Script, plan: Plan, heard: Heard) -> None:
    script.standing()
    script.prepared()
    script.events(script.event(1, "Shop", "UPDATE_IN_PROGRESS", "User Initiated"))
    with pytest.raises(DetachedError, match="The update goes on in AWS") as caught:
        deploy(script, plan, heard, interrupted)
    assert caught.value.problems[0].where == script.STACK_ID


@pytest.mark.parametrize("execution", ["EXECUTE_IN_PROGRESS", None])
def test_interrupted_while_asking_for_it(
    script: Script,
    plan: Plan,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
    execution: str | None,
) -> None:
    asked_for(script, monkeypatch)
    if execution:
        answer = {"Status": "CREATE_COMPLETE", "ExecutionStatus": execution}
        script.answers("cloudformation.describe_change_set", answer, ChangeSetName=script.SET_ID)
    else:
        script.refuses("cloudformation.describe_change_set", "ChangeSetNotFound")
    with pytest.raises(DetachedError, match="The creation goes on in AWS"):
        deploy(script, plan, heard, briefly)


def test_interrupted_before_the_request_arrived(
    script: Script, plan: Plan, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for(script, monkeypatch)
    answer = {"Status": "CREATE_COMPLETE", "ExecutionStatus": "AVAILABLE"}
    script.answers("cloudformation.describe_change_set", answer)
    script.stack("REVIEW_IN_PROGRESS")
    script.answers("cloudformation.delete_stack", {})
    with pytest.raises(DeployError, match="the stack Shop was not touched"):
        deploy(script, plan, heard, briefly)


def asked_for(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a creation be interrupted while AWS is asked to carry it out."""
    script.no_stack()
    script.uploaded()
    script.change_set("CREATE_COMPLETE")
    script.events()
    monkeypatch.setattr(script.aws.stacks, "execute_change_set", interrupted)


def briefly(seconds: float) -> None:
    assert seconds <= 1.0
