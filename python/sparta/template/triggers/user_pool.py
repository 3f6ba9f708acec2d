"""Events of a user pool: the pool's `LambdaConfig`, and the pool's right to invoke the function.

The pool names the function by an ARN made of names, so that it does not wait for the function: the
function may use the pool.
Sources: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cognito-userpool-lambdaconfig.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.cfn.resource import Resource
from sparta.template.function_name import function_arn
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.user_pool import UserPoolEvents

_PRINCIPAL = "cognito-idp.amazonaws.com"
_FIRST_VERSION = "V1_0"
_VERSIONED = ("CustomEmailSender", "CustomSMSSender", "InboundFederation")
_TOKENS = "PreTokenGeneration"


def wire(trigger: UserPoolEvents[Any], consumer: Consumer) -> Wiring:
    """Return the permission, and what the pool has to say."""
    pool = trigger.pool
    own = isinstance(pool, Resource)
    arn = pool.get_att("Arn") if isinstance(pool, Resource) else pool
    resources = {
        consumer.part_id("CognitoPermission", *trigger.identity): permission(
            consumer.function_id, _PRINCIPAL, arn, own_account=own
        )
    }
    if not isinstance(pool, Resource):
        return Wiring(resources)
    target = function_arn(consumer.service, consumer.name)
    settings = _settings(trigger, f"{target}:{consumer.alias}" if consumer.alias else target)
    return Wiring(resources, source_settings={pool.logical_id: {"LambdaConfig": settings}})


def _settings(trigger: UserPoolEvents[Any], target: str) -> Body:
    kind: Any = trigger.event_type
    setting: str = kind.setting
    version = trigger.options.get("version", _FIRST_VERSION)
    form: Body = {"LambdaArn": target, "LambdaVersion": version}
    if setting == _TOKENS and version != _FIRST_VERSION:
        return {f"{_TOKENS}Config": form}
    if setting not in _VERSIONED:
        return {setting: target}
    key = trigger.options.get("kms_key")
    return {setting: form, **({"KMSKeyID": key} if key else {})}
