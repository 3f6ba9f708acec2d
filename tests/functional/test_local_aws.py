"""ministack with our executor in it: every event source and the roles, on small hand-made archives.

One stack, of local_aws.json, holds everything.
"""

from __future__ import annotations

import base64
import io
import json
import time
import urllib.error
import urllib.request
import zipfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import boto3
import pytest

from sparta.local import daemon
from sparta.local.managed_runtime import running_minor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sparta.local.endpoint import Endpoint

APP = """
import json, os
def record(event, context):
    print("EVENT " + json.dumps(event))
    return {"statusCode": 201, "body": json.dumps(event)}
def fails(event, context):
    raise ValueError("secret detail")
def uses_table(event, context):
    import boto3
    table = boto3.client("dynamodb")
    name = os.environ["TABLE"]
    table.put_item(TableName=name, Item={"id": {"S": "1"}})
    try:
        table.get_item(TableName=name, Key={"id": {"S": "1"}})
    except table.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
"""
STACK = "LocalTest"
WAIT_S = 15.0


def archive(source: str = APP) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("app.py", source)
    return buffer.getvalue()


def resource(kind: str, **properties: object) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def table(policy: str) -> dict[str, Any]:
    made = resource(
        "DynamoDB::Table",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return made | {"DeletionPolicy": policy, "UpdateReplacePolicy": policy}


class Account:
    """The local AWS with the stack in it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.names: dict[str, str] = {}

    def client(self, service: str) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=self.endpoint.url,
            region_name=self.endpoint.region,
            aws_access_key_id=self.endpoint.access_key_id,
            aws_secret_access_key=self.endpoint.secret_access_key,
        )

    def upload(self, key: str, body: bytes) -> None:
        self.client("s3").put_object(Bucket=self.endpoint.bucket, Key=key, Body=body)

    def create(self, name: str, template: str, **parameters: str) -> str:
        """Create a stack; return its last status."""
        self.client("cloudformation").create_stack(
            StackName=name,
            TemplateBody=template,
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[
                {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
            ],
        )
        return self.settled(name)

    def settled(self, name: str) -> str:
        stacks = self.client("cloudformation")
        deadline_s = time.monotonic() + WAIT_S
        while time.monotonic() < deadline_s:
            status: str = stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
            if not status.endswith("IN_PROGRESS"):
                return status
            time.sleep(0.05)
        raise AssertionError(f"{name} does not settle")

    def invoke(self, logical_id: str, event: object = None) -> tuple[Any, str]:
        """Return the answer and the log."""
        answer = self.client("lambda").invoke(
            FunctionName=self.names[logical_id], Payload=json.dumps(event), LogType="Tail"
        )
        log = base64.b64decode(answer["LogResult"]).decode()
        return json.loads(answer["Payload"].read()), log

    def event(self, wanted: Callable[[Any], bool]) -> Any:
        """Return the first event of the recording function that is wanted, out of its log group."""
        logs, group = self.client("logs"), f"/aws/lambda/{self.names['Record']}"
        deadline_s = time.monotonic() + WAIT_S
        while time.monotonic() < deadline_s:
            try:
                found = logs.filter_log_events(logGroupName=group, filterPattern="EVENT")["events"]
            except logs.exceptions.ResourceNotFoundException:
                found = []
            events = [json.loads(line["message"].partition(" ")[2]) for line in found]
            if hits := [event for event in events if wanted(event)]:
                return hits[0]
            time.sleep(0.1)
        raise AssertionError("the event did not come")


@pytest.fixture(scope="module")
def account(local_aws: Endpoint, project_root: Path) -> Iterator[Account]:
    account = Account(local_aws)
    account.upload("v1.zip", archive())
    template = (project_root / "tests" / "functional" / "local_aws.json").read_text("utf-8")
    parameters = {"Bucket": local_aws.bucket, "Runtime": f"python{running_minor()}"}
    assert account.create(STACK, template, **parameters) == "CREATE_COMPLETE"
    stacks = account.client("cloudformation")
    for found in stacks.describe_stack_resources(StackName=STACK)["StackResources"]:
        account.names[found["LogicalResourceId"]] = found["PhysicalResourceId"]
    yield account
    stacks.delete_stack(StackName=STACK)


def test_the_bucket_exists_and_is_versioned(account: Account) -> None:
    versioning = account.client("s3").get_bucket_versioning(Bucket=account.endpoint.bucket)
    assert versioning["Status"] == "Enabled"
    caller = account.client("sts").get_caller_identity()
    assert caller["Account"] == account.endpoint.account


def test_a_function_answers_and_its_log_is_kept(account: Account, local_project: Path) -> None:
    answer, log = account.invoke("Record", {"a": 1})
    assert json.loads(answer["body"]) == {"a": 1}
    assert log.splitlines()[1] == 'EVENT {"a": 1}'
    assert account.event(lambda event: event == {"a": 1})
    assert 'EVENT {"a": 1}' in daemon.logs(local_project)
    answer, log = account.invoke("Fails")
    assert (answer["errorType"], answer["errorMessage"]) == ("ValueError", "secret detail")


def test_an_action_that_the_role_lacks_is_denied(account: Account) -> None:
    assert account.invoke("UsesTable")[0] == "AccessDeniedException"


def test_a_request_reaches_its_route(account: Account) -> None:
    root = account.endpoint.reachable(
        f"https://{account.names['Api']}.execute-api.us-east-1.amazonaws.com"
    )
    request = urllib.request.Request(f"{root}/orders/7?x=1", b'{"q": 2}', method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("Cookie", "a=1; b=2")
    with urllib.request.urlopen(request) as answer:
        event = json.load(answer)
    assert (answer.status, event["routeKey"]) == (201, "POST /orders/{id}")
    assert event["pathParameters"] == {"id": "7"}
    assert (event["body"], event["cookies"]) == ('{"q": 2}', ["a=1", "b=2"])
    for path, status in (("/fails", 500), ("/absent", 404)):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(root + path)
        assert caught.value.code == status
        assert b"secret" not in caught.value.read()


def test_an_object_reaches_its_rule(account: Account) -> None:
    for key in ("notes.txt", "new orders/\u00e9.csv"):
        account.client("s3").put_object(Bucket=account.names["Uploads"], Key=key, Body=b"1")
    event = account.event(lambda event: event.get("source") == "aws.s3")
    assert event["detail"]["object"]["key"] == "new orders/\u00e9.csv"
    assert event["detail"]["bucket"]["name"] == account.names["Uploads"]


def test_a_message_reaches_its_mapping(account: Account) -> None:
    account.client("sqs").send_message(QueueUrl=account.names["Queue"], MessageBody="queued")
    event = account.event(lambda event: records_from(event, "eventSource", "aws:sqs"))
    assert event["Records"][0]["body"] == "queued"


def test_a_notification_reaches_its_subscription(account: Account) -> None:
    account.client("sns").publish(TopicArn=account.names["Topic"], Message="told")
    event = account.event(lambda event: records_from(event, "EventSource", "aws:sns"))
    assert event["Records"][0]["Sns"]["Message"] == "told"


def records_from(event: dict[str, Any], field: str, source: str) -> bool:
    return any(record.get(field) == source for record in event.get("Records", []))


def test_new_code_replaces_warm_environments(account: Account) -> None:
    before = account.invoke("Fails")[0]
    account.upload("v2.zip", archive("def fails(event, context):\n    return 'mended'\n"))
    account.client("lambda").update_function_code(
        FunctionName=account.names["Fails"], S3Bucket=account.endpoint.bucket, S3Key="v2.zip"
    )
    assert before["errorType"] == "ValueError"
    assert account.invoke("Fails")[0] == "mended"


def test_what_is_retained_stays_when_a_stack_is_deleted_or_rolled_back(account: Account) -> None:
    stacks, dynamodb = account.client("cloudformation"), account.client("dynamodb")
    bad = resource("SSM::Parameter", Type="Nope", Value="x") | {
        "DependsOn": ["Kept", "Late", "Gone"]
    }
    kinds = {
        "Kept": table("Retain"),
        "Late": table("RetainExceptOnCreate"),
        "Gone": table("Delete"),
    }
    with_bad = json.dumps({"Resources": {**kinds, "Bad": bad}})
    assert account.create("RolledBack", with_bad) == "ROLLBACK_COMPLETE"
    assert account.create("Deleted", json.dumps({"Resources": kinds})) == "CREATE_COMPLETE"
    stack_id = stacks.describe_stacks(StackName="Deleted")["Stacks"][0]["StackId"]
    stacks.delete_stack(StackName="Deleted")
    assert account.settled(stack_id) == "DELETE_COMPLETE"
    tables = dynamodb.list_tables()["TableNames"]
    left = {"-".join(name.split("-")[:2]) for name in tables}
    assert {name for name in left if name.startswith(("RolledBack", "Deleted"))} == {
        "RolledBack-Kept",
        "Deleted-Kept",
        "Deleted-Late",
    }


def test_a_web_page_and_an_unverified_key_are_refused(account: Account) -> None:
    request = urllib.request.Request(f"{account.endpoint.url}/2015-03-31/functions")
    request.add_header("Origin", "http://page.example")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 403
    stranger = boto3.client(
        "lambda",
        endpoint_url=account.endpoint.url,
        region_name=account.endpoint.region,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    with pytest.raises(stranger.exceptions.ClientError, match="not signed with"):
        stranger.list_functions()


def test_a_schedule_fires_on_the_clock_of_its_zone(account: Account) -> None:
    moment = datetime.now(ZoneInfo("Asia/Tokyo")) + timedelta(seconds=2)
    target = account.client("lambda").get_function(FunctionName=account.names["Record"])
    role = account.client("iam").get_role(RoleName=account.names["ScheduleRole"])
    account.client("scheduler").create_schedule(
        Name="once",
        ScheduleExpression=moment.strftime("at(%Y-%m-%dT%H:%M:%S)"),
        ScheduleExpressionTimezone="Asia/Tokyo",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": target["Configuration"]["FunctionArn"],
            "RoleArn": role["Role"]["Arn"],
        },
    )
    event = account.event(lambda event: event.get("source") == "aws.scheduler")
    assert event["detail"] == "{}"
    assert event["resources"][0].endswith(":schedule/default/once")
