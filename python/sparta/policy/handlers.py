"""What CloudFormation does, in the deploying user's name, for a resource of one type.

`handlers.txt` is made by `build_backend/build_privileges.py`. A type that is not in it is read from
an installed cfn-lint, where there is one.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_LIFE_CYCLE = ("create", "read", "update", "delete")
_PROPERTY_OF_SERVICE = {
    "ec2": re.compile("Vpc|Subnet|SecurityGroup"),
    "elasticfilesystem": re.compile("FileSystem"),
    "iam": re.compile("Role|PermissionsBoundary"),
    "kms": re.compile("Kms|KMS|Encryption"),
    "s3": re.compile("S3"),
    "s3files": re.compile("FileSystem"),
}
"""Which properties make a handler ask another service; else one with that service's name."""
_PROPERTY_OF_ACTION = (
    (re.compile("dynamodb:(?:BatchWrite|Delete|Get|Put|Update)Item"), re.compile("Replica|Import")),
    (re.compile("dynamodb:(?:Query|Scan|.*Replica|.*Import.*)"), re.compile("Replica|Import")),
    (re.compile("dynamodb:.*Kinesis.*"), re.compile("Kinesis")),
    (re.compile("s3:.*MetadataTable.*|s3:.*Metadata.*Table.*"), re.compile("Metadata")),
)
"""Actions on the resource itself that only some of its properties lead to."""


def handler_actions(resource_type: str, properties: Any) -> list[str] | None:  # noqa: ANN401 - JSON
    """Return the actions for one resource, without those that its properties never lead to.

    Args:
        resource_type: Such as `AWS::SQS::Queue`.
        properties: The resource's properties.

    Returns:
        Full action names; None where the type is not known.
    """
    actions = _table().get(resource_type) or _of_cfn_lint(resource_type)
    if actions is None:
        return None
    keys = " ".join(_keys(properties))
    own = own_service(resource_type, actions)
    return [action for action in actions if _is_needed(action, own, keys)]


def own_service(resource_type: str, actions: list[str]) -> str:
    """Return the service whose actions work on a type itself: what most of its actions name."""
    from sparta.policy.places import PLACES

    if resource_type in PLACES:
        return PLACES[resource_type].service
    services = [action.partition(":")[0] for action in actions]
    return max(sorted(set(services)), key=services.count, default="")


def _is_needed(action: str, own: str, keys: str) -> bool:
    service = action.partition(":")[0]
    if service != own:
        pattern = _PROPERTY_OF_SERVICE.get(service) or re.compile(service, re.IGNORECASE)
        return pattern.search(keys) is not None
    return all(
        needs.search(keys) for names, needs in _PROPERTY_OF_ACTION if names.fullmatch(action)
    )


def _keys(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return [*map(str, value), *(key for item in value.values() for key in _keys(item))]
    return [key for item in value for key in _keys(item)] if isinstance(value, list) else []


@cache
def _table() -> dict[str, list[str]]:
    text = Path(__file__).with_name("handlers.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines()[1:])
    return {resource_type: actions for resource_type, *actions in lines}


def _of_cfn_lint(resource_type: str) -> list[str] | None:
    """Read the schema of a type from cfn-lint's files; none of its code is run."""
    found = find_spec("cfnlint")
    if found is None or found.origin is None:
        return None
    schemas = Path(found.origin).parent / "data" / "schemas"
    try:
        names = json.loads((schemas / "providers" / "us-east-1.json").read_text(encoding="utf-8"))
        file = schemas / "resources" / f"{names[resource_type]}.json"
        handlers = json.loads(file.read_text(encoding="utf-8")).get("handlers", {})
    except (OSError, KeyError, ValueError):
        return None
    asked = (handlers.get(name, {}).get("permissions", ()) for name in _LIFE_CYCLE)
    return sorted({action for actions in asked for action in actions}) or None
