"""What CodeDeploy needs to move events to a new version little by little.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.gather import rollout_of
from sparta.iam.builder import arn
from sparta.model.reference import REF
from sparta.model.token import Token
from sparta.template.function_name import function_arn
from sparta.template.logical_id import function_id, logical_id, part_id
from sparta.template.operations.alarm import alarm_id
from sparta.template.policy import allow, document, trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.operations.rollout import Rollout
    from sparta.template.template import Body

_APPLICATION = "RolloutApplication"
_ROLE = "RolloutRole"
_HOOKS = (("before", "BeforeAllowTrafficHook"), ("after", "AfterAllowTrafficHook"))
_READY_MADE = {
    "Canary": (10, (5, 10, 15, 30)),
    "Linear": (10, (1, 2, 3, 10)),
}
"""CodeDeploy's own: percent, and the minutes that there are of it."""


def update_policy(application: Application, function: Function[Any, Any]) -> Body | None:
    """Return how the function's alias moves to a new version; None where it jumps."""
    rollout = rollout_of(function)
    if rollout is None:
        return None
    policy = {
        "ApplicationName": _ref(logical_id(_APPLICATION, application.name)),
        "DeploymentGroupName": _ref(part_id("RolloutGroup", function.name)),
    }
    for hook, name in _HOOKS:
        called = getattr(rollout, hook)
        if called is not None:
            policy[name] = _ref(function_id(called.name))
    return {"CodeDeployLambdaAliasUpdate": policy}


def rollout_resources(application: Application) -> Iterator[tuple[str, Body, str]]:
    """Yield what all rollouts share, and each function's own: logical id, resource, origin."""
    rolled = [
        (function, rollout)
        for function in application.functions
        if (rollout := rollout_of(function)) is not None
    ]
    if not rolled:
        return
    place = rolled[0][1].declared_at
    shared = logical_id(_APPLICATION, application.name)
    yield shared, _body("Application", {"ComputePlatform": "Lambda"}), place
    yield logical_id(_ROLE, application.name), _role(application, rolled), place
    configured: dict[str, Body] = {}
    for function, rollout in rolled:
        name, config = _configuration(rollout)
        if config is not None and name not in configured:
            configured[name] = config
            yield name, config, rollout.declared_at
        group = _group(application, rollout, _ref(name) if config else name)
        yield part_id("RolloutGroup", function.name), group, rollout.declared_at


def hook_rights(application: Application, function: Function[Any, Any]) -> list[Body]:
    """Return the right to answer CodeDeploy, for a function that is a rollout's hook."""
    shared = _ref(logical_id(_APPLICATION, application.name))
    groups = [
        arn("codedeploy", f"deploymentgroup:{shared}/{_ref(part_id('RolloutGroup', each.name))}")
        for each in application.functions
        if (rollout := rollout_of(each)) is not None and function in (rollout.before, rollout.after)
    ]
    return [allow(["codedeploy:PutLifecycleEventHookExecutionStatus"], groups)] if groups else []


def _configuration(rollout: Rollout) -> tuple[str, Body | None]:
    """Return the name of CodeDeploy's own configuration, or the id of one of ours, and it."""
    percent, minutes = _READY_MADE[rollout.kind]
    if rollout.percent == percent and rollout.minutes in minutes:
        every = "Every" if rollout.kind == "Linear" else ""
        unit = "Minute" if rollout.minutes == 1 else "Minutes"
        name = f"{rollout.kind}{percent}Percent{every}{rollout.minutes}{unit}"
        return f"CodeDeployDefault.Lambda{name}", None
    values = {
        f"{rollout.kind}Interval": rollout.minutes,
        f"{rollout.kind}Percentage": rollout.percent,
    }
    routing = {f"TimeBased{rollout.kind}": values, "Type": f"TimeBased{rollout.kind}"}
    properties = {"ComputePlatform": "Lambda", "TrafficRoutingConfig": routing}
    name = logical_id("RolloutSteps", rollout.kind, str(rollout.percent), "/", str(rollout.minutes))
    return name, _body("DeploymentConfig", properties)


def _group(application: Application, rollout: Rollout, configuration: str) -> Body:
    properties: Body = {
        "ApplicationName": _ref(logical_id(_APPLICATION, application.name)),
        "AutoRollbackConfiguration": {
            "Enabled": True,
            "Events": [
                "DEPLOYMENT_FAILURE",
                "DEPLOYMENT_STOP_ON_ALARM",
                "DEPLOYMENT_STOP_ON_REQUEST",
            ],
        },
        "DeploymentConfigName": configuration,
        "DeploymentStyle": {
            "DeploymentOption": "WITH_TRAFFIC_CONTROL",
            "DeploymentType": "BLUE_GREEN",
        },
        "ServiceRoleArn": str(Token(logical_id(_ROLE, application.name), "Arn")),
    }
    if rollout.alarms:
        alarms = [{"Name": _ref(alarm_id(alarm))} for alarm in rollout.alarms]
        properties["AlarmConfiguration"] = {"Alarms": alarms, "Enabled": True}
    return _body("DeploymentGroup", properties)


def _role(application: Application, rolled: list[tuple[Function[Any, Any], Rollout]]) -> Body:
    moved = [function_arn(application.name, function.name) for function, _ in rolled]
    statements = [
        allow(
            [
                "lambda:GetAlias",
                "lambda:GetProvisionedConcurrencyConfig",
                "lambda:UpdateAlias",
            ],
            [*moved, *(f"{arn}:*" for arn in moved)],
        )
    ]
    hooks = {
        function_arn(application.name, hook.name)
        for _, rollout in rolled
        for hook in (rollout.before, rollout.after)
        if hook is not None
    }
    if hooks:
        statements.append(allow(["lambda:InvokeFunction"], sorted(hooks)))
    if any(rollout.alarms for _, rollout in rolled):
        statements.append(allow(["cloudwatch:DescribeAlarms"], [arn("cloudwatch", "alarm:*")]))
    policy = {"PolicyName": "MoveEvents", "PolicyDocument": document(statements)}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": trust("codedeploy.amazonaws.com"),
            "Policies": [policy],
        },
    }


def _ref(logical_id: str) -> str:
    return str(Token(logical_id, REF))


def _body(kind: str, properties: Body) -> Body:
    return {"Type": f"AWS::CodeDeploy::{kind}", "Properties": properties}
