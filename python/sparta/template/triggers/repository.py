"""Changes of a CodeCommit repository: a rule on the default bus.

Source: https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.cfn.resource import Resource
from sparta.iam.builder import arn
from sparta.model.token import has_marker
from sparta.template.triggers.event_rule import rule_wiring

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.template.wiring import Wiring
    from sparta.triggers.repository import RepositoryChanges


def wire(trigger: RepositoryChanges, consumer: Consumer) -> Wiring:
    """Return the rule and its permission."""
    repository = trigger.repository
    source = (repository.logical_id,) if isinstance(repository, Resource) else ()
    detail: Body = {}
    if trigger.changes:
        detail["event"] = list(trigger.changes)
    if trigger.branches:
        detail |= {"referenceType": ["branch"], "referenceName": list(trigger.branches)}
    pattern: Body = {
        "source": ["aws.codecommit"],
        "detail-type": ["CodeCommit Repository State Change"],
        "resources": [_arn_of(repository)],
    }
    if detail:
        pattern["detail"] = detail
    named = ("CodeCommit", *source)
    return rule_wiring(named, {"EventPattern": pattern}, trigger.options, consumer)


def _arn_of(repository: Resource | str) -> str:
    if isinstance(repository, Resource):
        return repository.get_att("Arn")
    if has_marker(repository) or repository.startswith("arn:"):
        return repository
    return arn("codecommit", repository)
