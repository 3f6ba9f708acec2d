"""Firehose, Cognito, CloudWatch Logs and IoT reach their functions, and take what they answer.

One stack for each runtime on the local AWS. The others (Alexa, Lex, a load balancer, the kinds of
user pools' triggers that the local AWS does not invoke) are in the conformance vectors, which run
in deployed archives.
"""

from __future__ import annotations

import base64
import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.test_triggers import RUNTIMES, eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.functional.conftest import Project, ProjectOf

    Seen = Callable[[str], str | None]

APPLICATION = Path(__file__).parent / "applications" / "answered"
PASSWORD = "Long-enough-1"


@pytest.fixture(scope="module", params=RUNTIMES)
def stack(
    request: pytest.FixtureRequest, project_of: ProjectOf, native_library: Path
) -> Iterator[Project]:
    assert native_library.is_file()
    project = project_of(APPLICATION)
    project.run("provision", "--local", "--runtime", request.param)
    yield project
    project.run("delete", "--local", "--empty-buckets")


@pytest.fixture
def seen(stack: Project) -> Seen:
    table = stack.outputs()["Seen"]
    dynamodb = stack.client("dynamodb")

    def text(key: str) -> str | None:
        found = dynamodb.get_item(TableName=table, Key={"id": {"S": key}}).get("Item")
        return found["text"]["S"] if found else None

    return text


def test_a_delivery_stream_keeps_what_its_function_made_of_records(stack: Project) -> None:
    s3, bucket = stack.client("s3"), stack.outputs()["Kept"]
    clicks = [{"page": "home", "ms": 1}, {"page": "none"}, {"page": "shop"}]
    stack.client("firehose").put_record_batch(
        DeliveryStreamName=stack.outputs()["Clicks"],
        Records=[{"Data": json.dumps(click).encode()} for click in clicks],
    )

    def kept() -> set[str] | None:
        found = s3.list_objects_v2(Bucket=bucket).get("Contents", ())
        bodies = (s3.get_object(Bucket=bucket, Key=each["Key"])["Body"].read() for each in found)
        lines = {line for body in bodies for line in body.decode().splitlines()}
        return lines if len(lines) > 1 else None

    assert eventually(kept) == {'{"page": "home", "ms": 2}', '{"page": "shop", "ms": 1}'}


def test_a_user_pool_signs_the_claims_that_its_function_answers(stack: Project) -> None:
    pool = {"UserPoolId": stack.outputs()["Users"]}
    cognito = stack.client("cognito-idp")
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    client = cognito.create_user_pool_client(**pool, ClientName="web", ExplicitAuthFlows=flows)
    cognito.admin_create_user(**pool, Username="ann", MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**pool, Username="ann", Password=PASSWORD, Permanent=True)
    tokens = cognito.admin_initiate_auth(
        **pool,
        ClientId=client["UserPoolClient"]["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]
    assert claims(tokens["IdToken"])["team"] == "ann"
    assert "shop/read" in claims(tokens["AccessToken"])["scope"].split()


def claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(f"{payload}=="))
    return found


def test_lines_of_logs_that_match_reach_the_function(stack: Project, seen: Seen) -> None:
    logs, group = stack.client("logs"), stack.outputs()["Audit"]
    logs.create_log_stream(logGroupName=group, logStreamName="app")
    now_ms = int(time.time() * 1000)
    lines = [{"timestamp": now_ms, "message": text} for text in ("ERROR one", "all well")]
    logs.put_log_events(logGroupName=group, logStreamName="app", logEvents=lines)
    assert eventually(partial(seen, "ERROR one")) == group
    assert seen("all well") is None


def test_what_another_function_logs_reaches_the_function(stack: Project, seen: Seen) -> None:
    assert stack.client("lambda").invoke(FunctionName="Answered_work")["StatusCode"] == 200
    assert eventually(partial(seen, "work is done")) == "/aws/lambda/Answered_work"


def test_messages_of_devices_that_a_rule_selects_reach_the_function(
    stack: Project, seen: Seen
) -> None:
    iot = stack.client("iot-data")
    for page, ms in (("slow", 11), ("fast", 1)):
        payload = json.dumps({"page": page, "ms": ms}).encode()
        iot.publish(topic="devices/d1/state", payload=payload)
    assert eventually(partial(seen, "iot-slow")) == "11"
    assert seen("iot-fast") is None
