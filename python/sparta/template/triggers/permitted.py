"""Sources that are set up elsewhere: Alexa, Lex, and any principal. All they take is a permission.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
https://docs.aws.amazon.com/lexv2/latest/dg/lambda-attach.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.cfn.resource import Resource
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.conversation import BotTurns
    from sparta.triggers.invoker import Invocations
    from sparta.triggers.skill import SkillRequests

_OPTIONS = (
    ("source_arn", "SourceArn"),
    ("source_account", "SourceAccount"),
    ("organization", "PrincipalOrgID"),
    ("token", "EventSourceToken"),
)


def wire_alexa(trigger: SkillRequests, consumer: Consumer) -> Wiring:
    """Return the permission of one skill; Alexa is of no account, and names no ARN."""
    body = permission(consumer.function_id, "alexa-appkit.amazon.com")
    body["Properties"]["EventSourceToken"] = trigger.skill_id
    return Wiring({consumer.part_id("AlexaPermission", *trigger.identity): body})


def wire_lex(trigger: BotTurns, consumer: Consumer) -> Wiring:
    """Return the permission of one alias of a bot."""
    alias = trigger.alias
    arn = alias.get_att("Arn") if isinstance(alias, Resource) else alias
    body = permission(consumer.function_id, "lexv2.amazonaws.com", arn, own_account=True)
    return Wiring({consumer.part_id("LexPermission", *trigger.identity): body})


def wire_principal(trigger: Invocations, consumer: Consumer) -> Wiring:
    """Return the permission as it was asked for."""
    body = permission(consumer.function_id, trigger.principal)
    for option, name in _OPTIONS:
        if trigger.options.get(option):
            body["Properties"][name] = trigger.options.get(option)
    return Wiring({consumer.part_id("Permission", *trigger.identity): body})
