"""Who is let in to the emulator, and who is not."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import pytest

from sparta.local.guard import IDENTITY_PATH, Guard

KEY = "LOCAL0123456789ABCDEF"
SIGNED = f"AWS4-HMAC-SHA256 Credential={KEY}/20260101/us-east-1/s3/aws4_request, Signature=0"


def ask(
    path: str = "/", query: str = "", *, iam: bool = True, kind: str = "http", **headers: str
) -> list[dict[str, Any]]:
    """Return what is sent in answer; the emulator behind sends one message of type "inside"."""
    sent: list[dict[str, Any]] = []

    async def inside(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "inside"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {}

    given = {"host": "127.0.0.1:4000", **{k.replace("_", "-"): v for k, v in headers.items()}}
    scope = {
        "type": kind,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    guard = Guard(inside, KEY, {"pid": 1}, iam=iam)
    asyncio.run(guard(scope, receive, send))
    return sent


def passes(*args: str, **options: Any) -> bool:
    sent = ask(*args, **options)
    return [message["type"] for message in sent] == ["inside"]


@pytest.mark.parametrize("iam", [True, False])
def test_the_owner_passes(iam: bool) -> None:
    assert passes(authorization=SIGNED, iam=iam)
    assert passes("/bucket/key", f"X-Amz-Credential={KEY}%2F2026%2Fs3", iam=iam)
    assert passes(authorization=SIGNED, host="localhost:4000", iam=iam)


@pytest.mark.parametrize("key", ["test", "123456789012", "000000000000"])
def test_keys_that_are_taken_without_a_signature_do_not(key: str) -> None:
    assert not passes(authorization=SIGNED.replace(KEY, key))
    assert not passes("/bucket", f"X-Amz-Credential={key}%2F2026")
    assert not passes("/bucket", f"AWSAccessKeyId={key}")
    assert not passes(host="a.execute-api.us-east-1.amazonaws.com", authorization=f"AWS {key}:x")


def test_keys_made_inside_pass_only_where_their_signature_is_verified() -> None:
    session = SIGNED.replace(KEY, "ASIA6A42CC0E2659C95D")
    assert passes(authorization=session)
    assert not passes(authorization=session, iam=False)
    assert not passes(iam=False)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"host": "evil.example"},
        {"host": "x.lambda-url.evil.example"},
        {"host": "127.0.0.1.evil.example:80"},
    ],
)
def test_web_pages_and_foreign_names_do_not_pass(headers: dict[str, str]) -> None:
    assert not passes(authorization=SIGNED, **headers)
    assert not passes("/2015-03-31/functions", **headers)
    assert not passes(IDENTITY_PATH, **headers)


def test_what_is_deployed_is_open_to_everybody() -> None:
    assert passes("/_aws/execute-api/abc/$default/orders", origin="http://page.example")
    assert passes("/_aws/execute-api/abc/$default", kind="websocket", origin="http://page.example")
    assert passes("/any", host="abc.execute-api.us-east-1.amazonaws.com")
    assert passes("/any", host="abc.lambda-url.us-east-1.on.aws", origin="http://page.example")
    assert passes("/restapis/abc/prod/_user_request_/x")
    assert not passes("/restapis/abc/deployments", origin="http://page.example")


def test_the_emulators_own_paths_are_closed_but_for_health() -> None:
    assert passes("/_ministack/ready")
    assert passes("/_ministack/cfn-response/token")
    assert not passes("/_ministack/reset", authorization=SIGNED)
    assert not passes("/_ministack/config", authorization=SIGNED)
    assert ask("/elsewhere", kind="websocket") == [{"type": "websocket.close", "code": 1008}]


def test_the_identity_is_answered_here() -> None:
    start, body = ask(IDENTITY_PATH)
    assert start["status"] == 200
    assert json.loads(body["body"]) == {"pid": 1}


def test_the_registry_of_images_asks_for_a_login() -> None:
    def basic(user: str, password: str) -> str:
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    (start, _) = ask("/v2/")
    assert start["status"] == 401
    assert (b"www-authenticate", b'Basic realm="sparta"') in start["headers"]
    assert passes("/v2/", authorization=basic("AWS", KEY))
    assert passes("/v2/shop/blobs/uploads/", authorization=basic("AWS", KEY))
    for refused in (basic("AWS", "wrong"), basic("aws", KEY), SIGNED):
        assert not passes("/v2/", authorization=refused)
    assert not passes("/v2/", authorization=basic("AWS", KEY), origin="http://evil.example")
