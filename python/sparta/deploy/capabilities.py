"""Which acknowledgements a template needs.

CloudFormation refuses a template that makes identities or runs macros unless the caller says so:
https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Capability = Literal["CAPABILITY_AUTO_EXPAND", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
"""AWS's words for what a caller acknowledges."""

_NAME_OF = {
    "AWS::IAM::AccessKey": "",
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Policy": "",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::IAM::UserToGroupAddition": "",
}
_MACROS = ("AWS::CloudFormation::Macro", "AWS::CloudFormation::Stack")


def capabilities_of(document: Mapping[str, Any]) -> tuple[Capability, ...]:
    """Return the capabilities that `document`, a template, needs; sorted, each once."""
    return tuple(sorted(set(_needed(document))))


def _needed(document: Mapping[str, Any]) -> Iterator[Capability]:
    if "Transform" in document:
        yield "CAPABILITY_AUTO_EXPAND"
    for resource in document.get("Resources", {}).values():
        kind = resource["Type"]
        if kind in _MACROS:
            yield from ("CAPABILITY_AUTO_EXPAND", "CAPABILITY_NAMED_IAM")
        elif kind in _NAME_OF:
            named = _NAME_OF[kind] in resource.get("Properties", {})
            yield "CAPABILITY_NAMED_IAM" if named else "CAPABILITY_IAM"
        if _has_macro(resource.get("Properties", {})):
            yield "CAPABILITY_AUTO_EXPAND"


def _has_macro(value: object) -> bool:
    """Whether `Fn::Transform` stands anywhere in `value`."""
    if isinstance(value, dict):
        return "Fn::Transform" in value or any(map(_has_macro, value.values()))
    return isinstance(value, list) and any(map(_has_macro, value))
