"""The least policy of who deploys one application, as far as it is known before it is deployed.

Sources: the handlers' permissions in CloudFormation's schemas;
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparta.policy.handlers import handler_actions, own_service
from sparta.template.check.actions import only_on_everything

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sparta.policy.places import Scope
    from sparta.template.template import Body, Template

_STACK_ACTIONS = (
    *("CreateChangeSet", "DeleteChangeSet", "DescribeChangeSet", "ExecuteChangeSet"),
    *("DeleteStack", "DescribeEvents", "DescribeStackEvents", "DescribeStacks"),
    *("GetTemplate", "ListStackResources", "TagResource", "UntagResource"),
)
"""What `sparta provision`, `status` and `delete` ask of CloudFormation."""
_BUCKET_ACTIONS = ("GetBucketLocation", "GetBucketVersioning", "ListBucket")
_OBJECT_ACTIONS = ("AbortMultipartUpload", "GetObject", "PutObject")
_IMAGE_ACTIONS = (
    *("BatchCheckLayerAvailability", "BatchGetImage", "CompleteLayerUpload"),
    *("DescribeImages", "DescribeRepositories", "GetDownloadUrlForLayer", "GetRepositoryPolicy"),
    *("InitiateLayerUpload", "PutImage", "SetRepositoryPolicy", "UploadLayerPart"),
)
"""To push an image, and to let Lambda read it.
https://docs.aws.amazon.com/lambda/latest/dg/images-create.html"""


@dataclass(frozen=True, slots=True)
class DeployerPolicy:
    """A policy, and what its reader has to know.

    Args:
        document: The policy document, as IAM reads it.
        notes: What could not be worked out.
    """

    document: Body
    notes: tuple[str, ...]


def deployer_policy(
    template: Template, scope: Scope, bucket: str = "*", repository: str = "*"
) -> DeployerPolicy:
    """Return what is needed to provision, look at and delete the stack of `template`.

    Args:
        template: The stack.
        scope: Where it goes.
        bucket: The bucket for the code; `*` for any.
        repository: The ECR repository of an application that is a container image; `*` for any.
    """
    rights = _Rights()
    rights.add(("cloudformation", _STACK_ACTIONS), [scope.arn("cloudformation", _stack(scope))])
    rights.add(("s3", _BUCKET_ACTIONS), [scope.arn("s3", bucket, ":")])
    code = scope.arn("s3", f"{bucket}/{scope.stack}/*", ":")
    rights.add(("s3", _OBJECT_ACTIONS), [code])
    notes = []
    for logical_id, body in template.resources.items():
        properties = body.get("Properties", {})
        actions = handler_actions(body["Type"], properties)
        if actions is None:
            notes.append(
                f"{logical_id}: what {body['Type']} needs is not in Sparta's table; install "
                "cfn-lint beside Sparta, or add its actions by hand"
            )
            continue
        own = own_service(body["Type"], actions)
        arns = scope.arns(logical_id, body)
        if arns == ["*"]:
            notes.append(f"{logical_id}: the ARN of {body['Type']} is not known; it got `*`")
        for action in actions:
            _add_action(rights, action, own, arns, code)
    passing = _add_roles(rights, template.resources, scope)
    if any("ImageUri" in _code(body) for body in _functions(template.resources)):
        repositories = [scope.arn("ecr", f"repository/{repository}")]
        rights.add(("ecr", _IMAGE_ACTIONS), repositories)
        rights.add(("ecr", ("GetAuthorizationToken",)), ["*"])
    document = {"Version": "2012-10-17", "Statement": [*rights.statements(), *passing]}
    return DeployerPolicy(document, tuple(notes))


class _Rights:
    """Actions by the resources they are allowed on, each once."""

    def __init__(self) -> None:
        self._actions: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)

    def add(self, actions: tuple[str, Iterable[str]], resources: Iterable[str]) -> None:
        """Allow actions of one service on resources."""
        service, names = actions
        kept = self._actions[tuple(sorted(set(resources)))]
        for name in names:  # IAM does not tell cases apart, and the schemas spell as they like
            kept.setdefault(f"{service}:{name}".lower(), f"{service}:{name}")

    def statements(self) -> list[Body]:
        """Return one statement for each set of actions, in an order of their own."""
        found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for resources, actions in self._actions.items():
            found[tuple(sorted(actions.values()))] |= set(resources)
        return [_allow(actions, sorted(resources)) for actions, resources in sorted(found.items())]


def _allow(actions: Iterable[str], resources: Iterable[str]) -> Body:
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}


def _add_action(rights: _Rights, action: str, own: str, arns: list[str], code: str) -> None:
    service, _, name = action.partition(":")
    if action == "iam:PassRole":
        return  # for the stack's roles only, see _add_roles
    if service == "s3" and own == "lambda":
        rights.add((service, (name,)), [code])
    elif service != own or only_on_everything(action):
        rights.add((service, (name,)), ["*"])
    else:
        rights.add((service, (name,)), arns)


def _add_roles(rights: _Rights, resources: Mapping[str, Body], scope: Scope) -> list[Body]:
    """Return the right to pass the stack's roles, and add that to look up those that exist."""
    roles = {name: body for name, body in resources.items() if body["Type"] == "AWS::IAM::Role"}
    own = [arn for name, body in roles.items() for arn in scope.arns(name, body)]
    given = [body.get("Properties", {}).get("Role") for body in _functions(resources)]
    existing = [scope.text(role) for role in given if _is_text(role)]
    if existing:
        rights.add(("iam", ("GetRole",)), existing)
    takers = {"lambda.amazonaws.com", *(name for body in roles.values() for name in _takers(body))}
    passed = sorted({*own, *existing})
    if not passed:
        return []
    condition = {"StringEquals": {"iam:PassedToService": sorted(takers)}}
    return [{**_allow(["iam:PassRole"], passed), "Condition": condition}]


def _takers(role: Body) -> list[str]:
    """Return the services that may assume a role."""
    statements = role.get("Properties", {}).get("AssumeRolePolicyDocument", {}).get("Statement", [])
    services = [one.get("Principal", {}).get("Service", []) for one in statements]
    return [name for each in services for name in ([each] if isinstance(each, str) else each)]


def _is_text(role: Any) -> bool:  # noqa: ANN401 - text or intrinsic function
    return isinstance(role, str) or (isinstance(role, dict) and "Fn::Sub" in role)


def _functions(resources: Mapping[str, Body]) -> list[Body]:
    return [body for body in resources.values() if body["Type"] == "AWS::Lambda::Function"]


def _code(function: Body) -> Body:
    code: Body = function.get("Properties", {}).get("Code", {})
    return code


def _stack(scope: Scope) -> str:
    return f"stack/{scope.stack}/*"
