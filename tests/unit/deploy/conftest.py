"""An AWS of real boto3 clients whose answers a test writes down, in the order they are asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from sparta.deploy.aws import Aws
from sparta.deploy.plan import Plan, Upload

if TYPE_CHECKING:
    from collections.abc import Iterator

STACK_ID = "arn:aws:cloudformation:eu-west-1:123456789012:stack/Shop/1"
SET_ID = "arn:aws:cloudformation:eu-west-1:123456789012:changeSet/sparta-1/2"
TEMPLATE = b'{"Resources":{"Orders":{"Type":"AWS::SQS::Queue"}}}'
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class Script:
    """The answers of one AWS, written down by the test.

    Args:
        aws: The AWS that gives them.
    """

    STACK_ID = STACK_ID
    SET_ID = SET_ID
    TEMPLATE = TEMPLATE

    def __init__(self, aws: Aws) -> None:
        self.aws = aws
        clients = {
            "cloudformation": aws.cloudformation,
            "s3": aws.s3,
            "iam": aws.iam,
            "sts": aws.sts,
            "lambda": aws.functions,
        }
        self.stubbers = {name: Stubber(client) for name, client in clients.items()}
        for stubber in self.stubbers.values():
            stubber.activate()

    def answers(self, call: str, answer: dict[str, Any], **asked: Any) -> None:
        """Let `call` ("s3.head_bucket") be asked next; `asked` is compared where it is given."""
        service, method = call.split(".")
        self.stubbers[service].add_response(method, answer, asked or None)

    def refuses(self, call: str, code: str, text: str = "", **asked: Any) -> None:
        """As `answers`, but AWS refuses."""
        service, method = call.split(".")
        self.stubbers[service].add_client_error(
            method, service_error_code=code, service_message=text, expected_params=asked or None
        )

    def stack(self, status: str, **more: Any) -> None:
        """Let DescribeStacks show the stack in `status`."""
        shown = {
            "StackId": STACK_ID,
            "StackName": "Shop",
            "StackStatus": status,
            "CreationTime": START,
            **more,
        }
        self.answers("cloudformation.describe_stacks", {"Stacks": [shown]})

    def no_stack(self) -> None:
        """Let DescribeStacks find nothing, in AWS's words."""
        text = "Stack with id Shop does not exist"
        self.refuses("cloudformation.describe_stacks", "ValidationError", text, StackName="Shop")

    def no_stack_by_id(self) -> None:
        """Let DescribeStacks find nothing under the stack's id."""
        text = f"Stack with id {STACK_ID} does not exist"
        self.refuses("cloudformation.describe_stacks", "ValidationError", text, StackName=STACK_ID)

    def events(self, *events: dict[str, Any]) -> None:
        """Let DescribeStackEvents show `events`, given oldest first as they happened."""
        shown = {"StackEvents": list(events[::-1])}
        self.answers("cloudformation.describe_stack_events", shown)

    def resources(self, *resources: tuple[str, str, str, str]) -> None:
        """Let ListStackResources show (logical id, physical id, type, status) of each."""
        names = ("LogicalResourceId", "PhysicalResourceId", "ResourceType", "ResourceStatus")
        shown = [
            {**dict(zip(names, one, strict=True)), "LastUpdatedTimestamp": START}
            for one in resources
        ]
        answer = {"StackResourceSummaries": shown}
        self.answers("cloudformation.list_stack_resources", answer, StackName=STACK_ID)

    def template(self, body: str = TEMPLATE.decode()) -> None:
        """Let GetTemplate show `body`."""
        self.answers("cloudformation.get_template", {"TemplateBody": body})

    @staticmethod
    def event(number: int, logical_id: str, status: str, reason: str = "") -> dict[str, Any]:
        """Return one event, `number` seconds after the start; `Shop` is the stack itself."""
        own = logical_id == "Shop"
        return {
            "StackId": STACK_ID,
            "EventId": f"event-{number}",
            "StackName": "Shop",
            "LogicalResourceId": logical_id,
            "PhysicalResourceId": STACK_ID if own else f"shop-{logical_id}",
            "ResourceType": "AWS::CloudFormation::Stack" if own else "AWS::SQS::Queue",
            "Timestamp": START + timedelta(seconds=number),
            "ResourceStatus": status,
            "ResourceStatusReason": reason,
        }

    def uploaded(self) -> None:
        """Let the bucket hold the archive already."""
        self.answers("s3.head_object", {}, Bucket="code", Key="Shop/abc-code.zip")

    def change_set(self, status: str, reason: str = "", **asked: Any) -> None:
        """Let a change set be created, and end in `status`."""
        ids = {"Id": SET_ID, "StackId": STACK_ID}
        self.answers("cloudformation.create_change_set", ids, **asked)
        shown = {"Status": status, "StatusReason": reason}
        self.answers("cloudformation.describe_change_set", shown, ChangeSetName=SET_ID)
        if status == "CREATE_COMPLETE":
            changes = [_change("Add", "Orders"), _change("Modify", "Bill", Replacement="True")]
            self.answers("cloudformation.describe_change_set", {**shown, "Changes": changes})

    def standing(self, **more: Any) -> None:
        """Let the stack be there, with an older archive than the plan's unless `key` is given."""
        parameters = [
            {"ParameterKey": "CodeBucket", "ParameterValue": "code"},
            {"ParameterKey": "CodeKey", "ParameterValue": more.pop("key", "Shop/old-code.zip")},
        ]
        tags = [{"Key": "team", "Value": "blue"}]
        self.stack("UPDATE_COMPLETE", Parameters=parameters, Tags=tags, **more)

    def executed(self) -> None:
        """Let the change set be carried out."""
        asked = {"ChangeSetName": SET_ID, "ClientRequestToken": ANY}
        self.answers("cloudformation.execute_change_set", {}, **asked)

    def prepared(self, kind: str = "UPDATE") -> None:
        """Let everything go well until the change set is carried out."""
        self.uploaded()
        self.change_set(
            "CREATE_COMPLETE",
            StackName=STACK_ID if kind == "UPDATE" else "Shop",
            ChangeSetName=ANY,
            ChangeSetType=kind,
            TemplateBody=TEMPLATE.decode(),
            Parameters=[
                {"ParameterKey": "CodeBucket", "ParameterValue": "code"},
                {"ParameterKey": "CodeKey", "ParameterValue": "Shop/abc-code.zip"},
            ],
            Capabilities=["CAPABILITY_IAM"],
            Tags=[{"Key": "team", "Value": "blue"}],
        )
        self.events(self.event(0, "Shop", "REVIEW_IN_PROGRESS"))
        self.executed()


def _change(action: str, logical_id: str, **more: str) -> dict[str, Any]:
    change = {"Action": action, "LogicalResourceId": logical_id, "ResourceType": "AWS::SQS::Queue"}
    return {"Type": "Resource", "ResourceChange": {**change, **more}}


@pytest.fixture(scope="session")
def aws() -> Aws:
    """Return an AWS; its clients take long to make, so all tests share them."""
    return Aws(boto3.Session("key", "secret", region_name="eu-west-1"))


@pytest.fixture
def script(aws: Aws) -> Iterator[Script]:
    """Return an AWS to write answers for; every answer has to be asked for in the end."""
    found = Script(aws)
    yield found
    for stubber in found.stubbers.values():
        stubber.deactivate()
    for stubber in found.stubbers.values():
        stubber.assert_no_pending_responses()


@pytest.fixture
def plan() -> Plan:
    """Return a plan for one queue, whose archive is already in the bucket."""
    return Plan(
        stack_name="Shop",
        template=TEMPLATE,
        bucket="code",
        uploads=(Upload("Shop/abc-code.zip", 3, body=b"zip"),),
        parameters={"CodeBucket": "code", "CodeKey": "Shop/abc-code.zip"},
        capabilities=("CAPABILITY_IAM",),
        tags={"team": "blue"},
        origins={"Orders": "app.py:7"},
    )


class Heard:
    """A report that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []

    def __call__(self, message: str, /, **fields: object) -> None:
        """Remember one line."""
        self.lines.append((message, fields))

    @property
    def messages(self) -> list[str]:
        """The messages, in order, without their indentation."""
        return [message.strip() for message, _ in self.lines]


@pytest.fixture
def heard() -> Heard:
    """Return a report that remembers."""
    return Heard()
