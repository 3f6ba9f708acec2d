"""Stands before the emulator and lets only its owner in.

A web page, or another user of this machine, that may create and invoke functions may run any code.
Let through are: requests to deployed APIs and function URLs (as anybody's on AWS), and requests
that name this instance's access key, or keys that were made inside (their signatures are verified
behind). The owner's key id is itself the secret: it is random, readable by the owner only, and no
signature made with it is verified. Refused are requests without a key, browsers, foreign names for
this host (DNS rebinding), and the keys that the emulator takes from anybody. The registry of
images (`/v2/`) asks for a login, as ECR's does: user AWS, and the owner's key id as the password.
"""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping

    Scope = MutableMapping[str, Any]
    Send = Callable[[dict[str, Any]], Awaitable[None]]
    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Application = Callable[[Scope, Receive, Send], Awaitable[None]]

IDENTITY_PATH = "/_sparta/identity"
REGISTRY_PATH = "/v2/"
REGISTRY_USER = "AWS"
_OPEN_PATHS = re.compile(
    r"/_aws/execute-api/|/_ministack/(?:health|ready|cfn-response/|cfn-signal/)"
    r"|/restapis/[^/]+/[^/]+/_user_request_"
)
_OPEN_HOSTS = re.compile(
    r"[a-z0-9]+\.(?:lambda-url\.[a-z0-9-]+\.on\.aws|execute-api\.[a-z0-9-]+\.amazonaws\.com"
    r"|execute-api\.localhost|lambda-url\.localhost)"
)
_OWN_HOSTS = re.compile(r"127\.0\.0\.1|localhost|\[::1\]|[a-z0-9.-]+\.localhost")
_KEY = re.compile(rb"(?:Credential=|AWSAccessKeyId=|AWS )([A-Za-z0-9_]+)")
_UNVERIFIED = re.compile(r"test|\d{12}")


class Guard:
    """An ASGI application around the emulator's.

    Args:
        application: The emulator.
        access_key_id: The only key of the account's owner.
        identity: Answered at `IDENTITY_PATH`, to tell this instance from others.
        iam: Whether the emulator verifies signatures; where not, only the owner's key is taken.
    """

    def __init__(
        self,
        application: Application,
        access_key_id: str,
        identity: Mapping[str, Any],
        *,
        iam: bool,
    ) -> None:
        self._application = application
        self._access_key_id = access_key_id
        self._identity = json.dumps(dict(identity)).encode()
        self._iam = iam

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or pass it on."""
        if scope["type"] not in {"http", "websocket"}:
            await self._application(scope, receive, send)
            return
        if scope["path"].startswith(REGISTRY_PATH) and not self._logged_in(scope):
            await _ask_for_login(send)
            return
        reason = self.refusal(scope)
        if reason and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif reason:
            await _answer(send, 403, json.dumps({"message": reason}).encode())
        elif scope["path"] == IDENTITY_PATH:
            await _answer(send, 200, self._identity)
        else:
            await self._application(scope, receive, send)

    def refusal(self, scope: Scope) -> str:
        """Return why the request is refused; empty when it is not."""
        headers = {name.decode("latin-1").lower(): value for name, value in scope["headers"]}
        host = headers.get("host", b"").decode("latin-1").lower()
        host = re.sub(r":\d+$", "", host)
        path: str = scope["path"]
        found = _KEY.search(headers.get("authorization", b"")) or _KEY.search(scope["query_string"])
        key = found[1].decode() if found else ""
        if _OPEN_HOSTS.fullmatch(host):
            return self._key_refusal(key) if key else ""
        if not _OWN_HOSTS.fullmatch(host):
            return "the local AWS answers to names of this machine only"
        if _OPEN_PATHS.match(path):
            return self._key_refusal(key) if key else ""
        if "origin" in headers or headers.get("sec-fetch-site", b"none") != b"none":
            return "the local AWS does not answer web pages"
        if path.startswith("/_ministack/") or scope["type"] == "websocket":
            return "this path is closed"
        keyless = path == IDENTITY_PATH or path.startswith(REGISTRY_PATH)  # its login was right
        return "" if keyless else self._key_refusal(key)

    def _logged_in(self, scope: Scope) -> bool:
        login = base64.b64encode(f"{REGISTRY_USER}:{self._access_key_id}".encode())
        return (b"authorization", b"Basic " + login) in {
            (name.lower(), value) for name, value in scope["headers"]
        }

    def _key_refusal(self, key: str) -> str:
        if key == self._access_key_id:
            return ""
        if not key or not self._iam or _UNVERIFIED.fullmatch(key):
            return "the request is not signed with this local AWS's access key"
        return ""


async def _ask_for_login(send: Send) -> None:
    headers = [(b"www-authenticate", b'Basic realm="sparta"'), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
