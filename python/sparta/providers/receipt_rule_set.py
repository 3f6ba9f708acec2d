"""`Custom::SpartaActiveReceiptRuleSet`: which rule set SES uses for mail that comes in.

An account has one active rule set in a region. The one that was active before is kept in the
physical id; it becomes active again when ours goes, unless somebody chose another one since.
https://docs.aws.amazon.com/ses/latest/dg/receiving-email-receipt-rules-console-walkthrough.html
"""

from __future__ import annotations

from sparta.model.model import Model
from sparta.model.resource_request import ResourceRequest  # noqa: TC001 - read by `serving`

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Properties(Model):
    """The rule set to be active."""

    RuleSetName: str


def create(request: ResourceRequest[Properties]) -> None:
    """Activate ours."""
    ses, wanted = client(), request.properties.RuleSetName
    base, former, before = _parts(request.physical_id)
    active = _active(ses)
    if active not in (wanted, former):
        before = active
    request.physical_id = f"{base}/{wanted}/{before}"
    ses.set_active_receipt_rule_set(RuleSetName=wanted)


update = create


def delete(request: ResourceRequest[Properties]) -> None:
    """Give back what was active before, or nothing, if ours still is the active one."""
    ses = client()
    _, ours, before = _parts(request.physical_id)
    if _active(ses) != (ours or request.properties.RuleSetName):
        return
    if before and _exists(ses, before):
        ses.set_active_receipt_rule_set(RuleSetName=before)
    else:
        ses.set_active_receipt_rule_set()


def client() -> Any:  # noqa: ANN401 - of boto3
    """Return a client for SES."""
    import boto3

    return boto3.client("ses")


def _parts(physical_id: str) -> tuple[str, str, str]:
    base, _, rest = physical_id.partition("/")
    ours, _, before = rest.partition("/")
    return base, ours, before


def _active(ses: Any) -> str:  # noqa: ANN401 - a client of boto3
    metadata = ses.describe_active_receipt_rule_set().get("Metadata") or {}
    return str(metadata.get("Name") or "")


def _exists(ses: Any, name: str) -> bool:  # noqa: ANN401 - a client of boto3
    try:
        ses.describe_receipt_rule_set(RuleSetName=name)
    except ses.exceptions.RuleSetDoesNotExistException:
        return False
    return True
