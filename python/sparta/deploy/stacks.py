"""The calls to CloudFormation that deployment needs, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sparta.deploy.aws import asking, unless
from sparta.deploy.stack import Stack, StackEvent, StackResource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import (
        ChangeTypeDef,
        CreateChangeSetInputTypeDef,
        DeleteStackInputTypeDef,
        DescribeChangeSetOutputTypeDef,
        OperationEventTypeDef,
        StackEventTypeDef,
        StackTypeDef,
    )


class Stacks:
    """CloudFormation, as a deployment uses it.

    Args:
        client: CloudFormation's client.
    """

    def __init__(self, client: CloudFormationClient) -> None:
        self._client = client

    def find(self, name: str) -> Stack | None:
        """Return the stack of that name or id; None when there is none."""
        with asking(f"describe the stack {name}"):
            # AWS has no code of its own for a stack that is not there.
            answer = unless("does not exist", self._client.describe_stacks, StackName=name)
        found = answer["Stacks"] if answer else []
        return _stack(found[0]) if found else None

    def template(self, stack_id: str) -> dict[str, Any] | str:
        """Return the stack's template: decoded where it is JSON, else its text."""
        with asking("read the stack's template"):
            answer = self._client.get_template(StackName=stack_id, TemplateStage="Original")
        return cast("dict[str, Any] | str", answer["TemplateBody"])

    def resources(self, stack_id: str) -> list[StackResource]:
        """Return the stack's resources."""
        pages = self._client.get_paginator("list_stack_resources")
        with asking("list the stack's resources"):
            return [
                StackResource(
                    logical_id=found["LogicalResourceId"],
                    physical_id=found.get("PhysicalResourceId", ""),
                    resource_type=found["ResourceType"],
                    status=found["ResourceStatus"],
                    reason=found.get("ResourceStatusReason", ""),
                )
                for page in pages.paginate(StackName=stack_id)
                for found in page["StackResourceSummaries"]
            ]

    def events(self, stack_id: str) -> Iterator[StackEvent]:
        """Yield the stack's events, newest first; older pages are asked for only when needed."""
        pages = self._client.get_paginator("describe_stack_events")
        with asking("read the stack's events"):
            for page in pages.paginate(StackName=stack_id):
                yield from map(_event, page["StackEvents"])

    def create_change_set(self, request: CreateChangeSetInputTypeDef) -> tuple[str, str]:
        """Ask for a change set; return its id and its stack's."""
        with asking(f"prepare a change of the stack {request['StackName']}"):
            answer = self._client.create_change_set(**request)
        return answer["Id"], answer["StackId"]

    def change_set(self, change_set_id: str) -> DescribeChangeSetOutputTypeDef:
        """Return how far a change set is."""
        with asking("describe the change set"):
            return self._client.describe_change_set(ChangeSetName=change_set_id)

    def changes(self, change_set_id: str) -> list[ChangeTypeDef]:
        """Return what a finished change set would do."""
        pages = self._client.get_paginator("describe_change_set")
        with asking("list the changes"):
            return [
                change
                for page in pages.paginate(ChangeSetName=change_set_id)
                for change in page["Changes"]
            ]

    def failed_validations(self, change_set_id: str) -> list[OperationEventTypeDef]:
        """Return what early validation found wrong; DescribeStackEvents does not carry it."""
        with asking("read what the validation found"):
            return self._client.describe_events(
                ChangeSetName=change_set_id, Filters={"FailedEvents": True}
            )["OperationEvents"]

    def execute_change_set(self, change_set_id: str, token: str) -> None:
        """Carry out a change set; `token` names this run in the stack's events."""
        with asking("carry out the change set"):
            self._client.execute_change_set(ChangeSetName=change_set_id, ClientRequestToken=token)

    def delete_change_set(self, stack_name: str, name: str) -> None:
        """Forget a change set that will not be carried out."""
        with asking("delete the change set"):
            self._client.delete_change_set(StackName=stack_name, ChangeSetName=name)

    def delete(self, stack_id: str, token: str, retain: Sequence[str] = ()) -> None:
        """Start the deletion of a stack.

        Args:
            stack_id: Its id.
            token: Names this run in the stack's events.
            retain: Logical ids to leave behind; only a stack in DELETE_FAILED may have them.
        """
        request: DeleteStackInputTypeDef = {"StackName": stack_id, "ClientRequestToken": token}
        if retain:
            request["RetainResources"] = list(retain)
        with asking("delete the stack"):
            self._client.delete_stack(**request)


def _stack(found: StackTypeDef) -> Stack:
    return Stack(
        stack_id=found.get("StackId", ""),
        name=found["StackName"],
        status=found["StackStatus"],
        created_at=found["CreationTime"],
        reason=found.get("StackStatusReason", ""),
        description=found.get("Description", ""),
        parameters=_pairs(found.get("Parameters", []), "ParameterKey", "ParameterValue"),
        outputs=_pairs(found.get("Outputs", []), "OutputKey", "OutputValue"),
        tags=_pairs(found.get("Tags", []), "Key", "Value"),
        protected=found.get("EnableTerminationProtection", False),
    )


def _pairs(found: Sequence[Any], key: str, value: str) -> Mapping[str, str]:
    return {str(one[key]): str(one.get(value, "")) for one in found}


def _event(found: StackEventTypeDef) -> StackEvent:
    return StackEvent(
        event_id=found["EventId"],
        stack_id=found["StackId"],
        logical_id=found.get("LogicalResourceId", ""),
        physical_id=found.get("PhysicalResourceId", ""),
        resource_type=found.get("ResourceType", ""),
        status=found.get("ResourceStatus", ""),
        at=found["Timestamp"],
        reason=found.get("ResourceStatusReason", ""),
    )
