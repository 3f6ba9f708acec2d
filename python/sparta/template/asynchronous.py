"""What becomes of asynchronous invocations: retries, age, destinations.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.destination import arn_of
from sparta.app.function import Function
from sparta.app.settings import settings_of
from sparta.template.intrinsics import get_att, ref
from sparta.template.logical_id import function_id, part_id

if TYPE_CHECKING:
    from sparta.app.settings import Destination
    from sparta.template.template import Body


def asynchronous_resources(function: Function[Any, Any]) -> dict[str, Body]:
    """Return the function's AWS::Lambda::EventInvokeConfig, if its options ask for one."""
    settings = settings_of(function)
    outcomes = {"OnFailure": settings.on_failure, "OnSuccess": settings.on_success}
    targets = {name: to for name, to in outcomes.items() if to is not None}
    properties = {
        "DestinationConfig": {name: {"Destination": _arn(to)} for name, to in targets.items()}
        or None,
        "MaximumEventAgeInSeconds": settings.event_age_s,
        "MaximumRetryAttempts": settings.retries,
    }
    asked = {name: value for name, value in properties.items() if value is not None}
    if not asked:
        return {}
    function_of = {
        "FunctionName": ref(function_id(function.name)),
        "Qualifier": settings.published_alias or "$LATEST",
    }
    body: Body = {"Type": "AWS::Lambda::EventInvokeConfig", "Properties": {**function_of, **asked}}
    if settings.published_alias:
        body["DependsOn"] = [part_id("Alias", function.name)]
    return {part_id("EventInvokeConfig", function.name): body}


def _arn(target: Destination) -> Any:  # noqa: ANN401 - text or intrinsic function
    if isinstance(target, Function):
        return get_att(function_id(target.name))
    return arn_of(target)
