"""What a custom resource has beside its own properties: who provides it, and what that takes.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.cfn.built_in import BUILT_IN_NAME, BuiltInResource
from sparta.cfn.custom_resource import CustomResource
from sparta.template.intrinsics import get_att, ref
from sparta.template.logical_id import function_id, logical_id, role_id
from sparta.template.policy import body_of, document, merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.cfn.resource import Resource
    from sparta.iam.statement import Statement
    from sparta.template.template import Body

MAX_POLICY_NAME = 128
SERVICE_TIMEOUT_S = 960
"""How long CloudFormation waits for an answer: a function's 900 s at most, and a minute.

It is not made of `timeout_s`: CloudFormation takes another value for a change of the resource.
"""


def provider_properties(resource: Resource) -> Body:
    """Return the properties that name the provider of a custom resource; none for others."""
    if isinstance(resource, BuiltInResource):
        return called(BUILT_IN_NAME)
    return called(resource.provider.name) if isinstance(resource, CustomResource) else {}


def called(provider_name: str) -> Body:
    """Return the properties that make CloudFormation call the function of that name."""
    token = get_att(function_id(provider_name))
    return {"ServiceToken": token, "ServiceTimeout": SERVICE_TIMEOUT_S}


def policy_id(resource_id: str) -> str:
    """Return the logical id of the policy that a built-in resource brings."""
    return logical_id("ProviderPolicy", resource_id)


def provider_policy(service: str, resource_id: str, needed: Iterable[Statement]) -> Body:
    """Return the policy that lets the built-in provider do what one resource takes.

    It is no part of the role: when a resource goes, roles are changed before it is deleted, and a
    policy that it depends on goes after it.

    Args:
        service: The application's name.
        resource_id: The resource's logical id.
        needed: What it takes.
    """
    statements = merged(body_of(statement) for statement in needed)
    return {
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": resource_id[:MAX_POLICY_NAME],
            "PolicyDocument": document(statements),
            "Roles": [ref(role_id(service, BUILT_IN_NAME))],
        },
    }
