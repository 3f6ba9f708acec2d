"""Which AWS it is, and what is said when there is none."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from botocore.response import StreamingBody

from sparta.deploy.aws import Aws
from sparta.errors import DeployError

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Script


@dataclass(frozen=True)
class Local:
    url: str = "http://127.0.0.1:4566"
    region: str = "us-east-1"
    access_key_id: str = "key"
    secret_access_key: str = "secret"


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)


def test_neither_credentials_nor_region() -> None:
    with pytest.raises(DeployError) as caught:
        Aws.connect()
    credentials, region = caught.value.problems
    assert credentials.what == "There are no AWS credentials"
    assert "AWS_PROFILE" in credentials.fix
    assert "--local" in credentials.fix
    assert region.what == "No AWS region is chosen"
    assert "--region" in region.fix
    assert "--local" in region.fix


def test_region_of_the_environment_and_of_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "eu-south-1")
    assert Aws.connect().region == "eu-south-1"
    assert Aws.connect(region="eu-north-1").region == "eu-north-1"


def test_unknown_profile() -> None:
    with pytest.raises(DeployError, match="The config profile \\(nobody\\) could not be found"):
        Aws.connect(profile="nobody")


def test_local_endpoint_needs_no_configuration() -> None:
    aws = Aws.connect(Local())
    assert aws.region == "us-east-1"
    clients = (aws.cloudformation, aws.s3, aws.iam, aws.sts, aws.functions)
    assert {client.meta.endpoint_url for client in clients} == {"http://127.0.0.1:4566"}
    assert aws.object_url("code", "Shop/t.json") == "http://127.0.0.1:4566/code/Shop/t.json"


def test_urls_of_objects_are_path_style(aws: Aws) -> None:
    assert aws.object_url("my.code", "k") == "https://s3.eu-west-1.amazonaws.com/my.code/k"
    url = aws.s3.generate_presigned_url("get_object", Params={"Bucket": "my.code", "Key": "k"})
    assert url.startswith("https://s3.eu-west-1.amazonaws.com/my.code/k?")


def test_identity(script: Script) -> None:
    answer = {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/me", "UserId": "A"}
    script.answers("sts.get_caller_identity", answer)
    identity = script.aws.identity()
    assert (identity.account, identity.region) == ("123456789012", "eu-west-1")
    assert identity.arn.endswith("user/me")


@pytest.mark.parametrize(
    ("code", "fix"),
    [("ExpiredToken", "log in again"), ("InvalidClientTokenId", "check --profile"), ("Odd", "")],
)
def test_refused_credentials(script: Script, code: str, fix: str) -> None:
    script.refuses("sts.get_caller_identity", code, "no")
    with pytest.raises(DeployError, match=f"say whose credentials these are: {code}: no") as caught:
        script.aws.identity()
    assert fix in caught.value.problems[0].fix


def test_unreachable() -> None:
    aws = Aws.connect(Local(url="http://127.0.0.1:1"))
    vars(aws.cloudformation.meta.config)["retries"] = {"total_max_attempts": 1}
    with pytest.raises(DeployError, match="could not be asked to describe the stack Shop"):
        aws.stacks.find("Shop")


def test_invoke(script: Script) -> None:
    answer = {
        "StatusCode": 200,
        "FunctionError": "Unhandled",
        "LogResult": "U1RBUlQgIC4uLg==",
        "Payload": StreamingBody(io.BytesIO(b'{"errorType":"E"}'), 17),
    }
    asked = {"FunctionName": "Shop_sell", "Payload": b"{}", "LogType": "Tail"}
    script.answers("lambda.invoke", answer, **asked)
    found = script.aws.invoke("Shop_sell", b"{}")
    assert found.payload == b'{"errorType":"E"}'
    assert (found.log, found.error) == ("START  ...", "Unhandled")


def test_invoking_never_retries(aws: Aws) -> None:
    config = vars(aws.functions.meta.config)["_user_provided_options"]
    assert config["retries"]["total_max_attempts"] == 1
    assert config["read_timeout"] > 900
