"""Events of a bus: a rule picks them and invokes the function.

Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.cfn.resource import Resource
from sparta.template.delivery import dead_letter_arn, retry_policy, sending
from sparta.template.intrinsics import get_att
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.event_rule import RuleMatches

_PRINCIPAL = "events.amazonaws.com"


def wire(trigger: RuleMatches, consumer: Consumer) -> Wiring:
    """Return the rule on the bus and its permission."""
    bus = trigger.bus
    source = (bus.logical_id,) if isinstance(bus, Resource) else ()
    properties: Body = {"EventPattern": dict(trigger.pattern)}
    if bus is not None:
        properties["EventBusName"] = bus.ref if isinstance(bus, Resource) else bus
    return rule_wiring(("Event", *source), properties, trigger.options, consumer)


def rule_wiring(
    source: tuple[str, ...], properties: Body, options: Mapping[str, Any], consumer: Consumer
) -> Wiring:
    """Return a rule, the right of this rule to invoke the function, and to use its queue.

    Args:
        source: What the rule is on, for logical ids: the kind, and a resource's logical id.
        properties: Which events, and of which bus; the account's default bus if not said.
        options: See `sparta.triggers.rule`.
        consumer: The function.
    """
    kind, *resource = source
    rule_id = consumer.part_id(f"{kind}Rule", *resource)
    target: Body = {"Arn": get_att(consumer.function_id), "Id": "Function"}
    target |= retry_policy(options)
    dead_letter = dead_letter_arn(options)
    if dead_letter is not None:
        target["DeadLetterConfig"] = {"Arn": dead_letter}
    properties = {
        **properties,
        "State": "ENABLED" if options.get("enabled", True) else "DISABLED",
        "Targets": [target],
    }
    if options.get("description"):
        properties["Description"] = options["description"]
    return Wiring(
        resources={
            rule_id: {"Type": "AWS::Events::Rule", "Properties": properties},
            consumer.part_id(f"{kind}Permission", *resource): permission(
                consumer.function_id, _PRINCIPAL, get_att(rule_id)
            ),
        },
        source_policies=sending(options, _PRINCIPAL, get_att(rule_id)),
    )
