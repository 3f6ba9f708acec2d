"""Requests to AWS without boto3: the signature beside botocore's own, tries, credentials."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from sparta.runtime import aws_request
from sparta.runtime.aws_request import AwsRefusal, ask_aws
from sparta.runtime.aws_signature import AwsCredentials, signed_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    Answers = list[tuple[int, bytes]]


@pytest.mark.parametrize("token", ["", "a session's token"])
@pytest.mark.parametrize("body", [b"{}", '{"Name": "\u00fc"}'.encode()])
def test_the_signature_is_the_one_that_botocore_makes(token: str, body: bytes) -> None:
    headers = {"host": "ssm.eu-west-1.amazonaws.com", "x-amz-target": "AmazonSSM.GetParameter"}
    request = AWSRequest("POST", "https://ssm.eu-west-1.amazonaws.com/", headers=headers, data=body)
    SigV4Auth(Credentials("AKID", "secret", token or None), "ssm", "eu-west-1").add_auth(request)
    ours = signed_headers(
        headers,
        body,
        ("eu-west-1", "ssm"),
        AwsCredentials("AKID", "secret", token),
        request.context["timestamp"],
    )
    assert ours["authorization"] == request.headers["Authorization"]


class Service:
    """A service on loopback that gives the answers it was told to, one after the other."""

    def __init__(self) -> None:
        self.answers: Answers = []
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                service.requests.append((self.path, headers, self.rfile.read(length)))
                status, body = service.answers.pop(0)
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST  # noqa: N815 - http.server's own names

            def log_message(self, *arguments: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    made = Service()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    monkeypatch.setattr(aws_request, "_WAITS_S", (0.0, 0.0))
    monkeypatch.setenv("AWS_ENDPOINT_URL_SSM", made.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKID")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def asked() -> dict[str, Any]:
    return ask_aws("ssm", "AmazonSSM.GetParameter", {"Name": "/a"})


def test_what_is_sent_and_what_comes_back(service: Service) -> None:
    service.answers = [(200, b'{"Parameter": {"Value": "x"}}')]
    assert asked() == {"Parameter": {"Value": "x"}}
    ((path, headers, body),) = service.requests
    assert (path, json.loads(body)) == ("/", {"Name": "/a"})
    assert headers["x-amz-target"] == "AmazonSSM.GetParameter"
    assert headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKID/")


def test_what_passes_is_tried_again(service: Service) -> None:
    throttled = (400, b'{"__type": "com.amazonaws#ThrottlingException", "message": "slow"}')
    service.answers = [throttled, (503, b"{}"), (200, b"{}")]
    assert asked() == {}


def test_a_refusal_is_not_asked_for_again(service: Service) -> None:
    service.answers = [(400, b'{"__type": "ParameterNotFound", "message": "no /a"}')]
    with pytest.raises(AwsRefusal, match="ParameterNotFound: no /a"):
        asked()


def test_after_three_tries_the_last_answer_stands(service: Service) -> None:
    service.answers = [(500, b"{}")] * 3
    with pytest.raises(AwsRefusal, match="500"):
        asked()
    assert len(service.requests) == 3


def test_an_answer_of_somebody_else_is_a_refusal(service: Service) -> None:
    service.answers = [(503, b"<html>busy</html>"), (403, b"<html>no</html>")]
    with pytest.raises(AwsRefusal, match="403"):
        asked()
    service.answers = [(200, b"<html>hello</html>")]
    with pytest.raises(AwsRefusal, match="200"):
        asked()


def test_who_cannot_be_reached_is_a_refusal_too(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SSM", "http://127.0.0.1:9")
    with pytest.raises(AwsRefusal, match="ConnectionRefusedError"):
        asked()
    assert service.requests == []


def test_after_a_snapshot_credentials_come_from_lambda(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{service.url}/credentials")
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let me")
    given = {"AccessKeyId": "RESTORED", "SecretAccessKey": "s", "Token": "t"}
    service.answers = [(200, json.dumps(given).encode()), (200, b"{}")]
    asked()
    (path, headers, _), (_, signed, _) = service.requests
    assert (path, headers["authorization"]) == ("/credentials", "let me")
    assert "Credential=RESTORED/" in signed["authorization"]
    assert signed["x-amz-security-token"] == "t"


@pytest.mark.parametrize(
    ("region", "fips", "expected"),
    [
        ("eu-west-1", "", "https://ssm.eu-west-1.amazonaws.com"),
        ("us-east-1", "true", "https://ssm-fips.us-east-1.amazonaws.com"),
        ("cn-north-1", "", "https://ssm.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_where_services_are(
    region: str, fips: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL_SSM", raising=False)
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", fips)
    assert aws_request._endpoint("ssm", region) == expected
