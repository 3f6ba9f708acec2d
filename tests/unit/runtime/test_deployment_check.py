"""A rollout's hook tells CodeDeploy what came of its check."""

from __future__ import annotations

from typing import Any

import pytest

from sparta.operations import deployment_check
from sparta.runtime import aws_request

EVENT = {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "hook"}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(aws_request, "ask_aws", lambda *arguments: found.append(arguments))
    return found


def test_what_returns_lets_the_deployment_go_on(asked: list[Any]) -> None:
    deployment_check(lambda: None)(EVENT)
    ((service, target, body),) = asked
    assert (service, body["status"]) == ("codedeploy", "Succeeded")
    assert target == "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus"
    assert body["deploymentId"] == "d-1"
    assert body["lifecycleEventHookExecutionId"] == "hook"


def test_what_raises_stops_it_and_is_still_seen(asked: list[Any]) -> None:
    def check() -> None:
        raise ValueError("not ready")

    handler = deployment_check(check)
    assert handler.__name__ == "check"
    with pytest.raises(ValueError, match="not ready"):
        handler(EVENT)
    assert asked[0][2]["status"] == "Failed"
