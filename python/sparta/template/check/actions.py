"""What IAM knows: every action, and which of them have no resource level.

`actions.txt` is made by `build_backend/build_privileges.py`. Names are in lower case, as IAM does
not tell cases apart.
Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

ALSO_ON_EVERYTHING = {
    "cloudwatch:getmetricdata": "metrics have no ARN; only data sets do",
    "cloudwatch:listmetrics": "as above",
    "cloudwatch:putmetricdata": "as above; narrow it by the condition key cloudwatch:namespace",
    "rekognition:detectmoderationlabels": "only custom models have an ARN",
    "ec2:createnetworkinterface": "Lambda tests its role's right to it without naming a subnet",
    "ec2:deletenetworkinterface": "as above, without naming an interface",
    "ec2:assignprivateipaddresses": "as above",
    "ec2:unassignprivateipaddresses": "as above",
}
"""Actions that take a resource which most calls of them do not name, and why `*` is allowed."""


@cache
def _services() -> dict[str, str]:
    text = Path(__file__).with_name("actions.txt").read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines()[1:])
    return {service: names for service, _, names in lines}


@cache
def _actions(service: str) -> tuple[frozenset[str], frozenset[str]]:
    scoped, _, bare = _services().get(service, "").partition("|")
    return frozenset(scoped.split()), frozenset(bare.split())


def is_known(action: str) -> bool | None:
    """Say whether IAM knows an action such as `s3:GetObject`; None where its service is new."""
    service, _, name = action.lower().partition(":")
    if service not in _services():
        return None
    scoped, bare = _actions(service)
    return name in scoped or name in bare


def only_on_everything(action: str) -> bool:
    """Say whether `*` may be the resource of an action such as `xray:PutTraceSegments`."""
    service, _, name = action.lower().partition(":")
    return name in _actions(service)[1] or f"{service}:{name}" in ALSO_ON_EVERYTHING
