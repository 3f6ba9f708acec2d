"""The answer to a custom resource's request: one JSON document, PUT to a pre-signed URL.

CloudFormation waits until it comes, or for an hour: it is sent whatever happens, and once.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
"""

from __future__ import annotations

import sys

from sparta.runtime.codec import json_of_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

MAX_ANSWER_BYTES = 4096
_TRIES = 4
_TRY_S = 10.0
_ROOM_FOR_REASON = 1000


class ResourceAnswer:
    """The one answer to a request, whoever gets to give it: the handler, or its watchdog.

    Args:
        event: The request, as CloudFormation sent it.
        no_echo: Whether CloudFormation shows `****` in place of the attributes.
    """

    __slots__ = ("_event", "_lock", "_no_echo", "_sent")

    def __init__(self, event: Mapping[str, Any], *, no_echo: bool = False) -> None:
        import _thread

        self._event = event
        self._no_echo = no_echo
        self._lock = _thread.allocate_lock()
        self._sent = False

    def succeed(self, physical_id: str, attributes: Mapping[str, object]) -> None:
        """Say that it was done.

        Args:
            physical_id: The resource's physical id.
            attributes: What Fn::GetAtt gives of it.

        Raises:
            ValueError: The answer would be larger than CloudFormation takes; nothing was sent.
            TypeError: An attribute has no JSON form; nothing was sent.
        """
        document = self._document("SUCCESS", physical_id) | {"Data": dict(attributes)}
        body = json_of_value(document).encode()
        if len(body) > MAX_ANSWER_BYTES:
            size = len(json_of_value(document["Data"]).encode())
            raise ValueError(
                f"its attributes take {size:,} bytes and the whole answer {len(body):,}; "
                f"CloudFormation takes {MAX_ANSWER_BYTES:,}: return less, such as the name of a "
                "parameter that holds the rest"
            )
        self._send(body)

    def fail(self, physical_id: str, reason: str) -> None:
        """Say that it was not done, and why; the reason is cut to what CloudFormation takes."""
        document = self._document("FAILED", physical_id)
        room = MAX_ANSWER_BYTES - len(json_of_value(document).encode()) - 20
        kept = reason.encode()[: max(room, _ROOM_FOR_REASON)].decode("utf-8", "ignore")
        while len(json_of_value(kept).encode()) > room and kept:
            kept = kept[: len(kept) * 3 // 4]
        self._send(json_of_value(document | {"Reason": kept or "failed"}).encode())

    def _document(self, status: str, physical_id: str) -> dict[str, Any]:
        copied = ("StackId", "RequestId", "LogicalResourceId")
        document: dict[str, Any] = {name: self._event[name] for name in copied}
        document |= {"Status": status, "PhysicalResourceId": physical_id}
        return document | ({"NoEcho": True} if self._no_echo else {})

    def _send(self, body: bytes) -> None:
        # Whoever comes second waits here: Lambda freezes the process as soon as it returns.
        with self._lock:
            if not self._sent:
                self._sent = True
                put(str(self._event["ResponseURL"]), body)


class Watchdog:
    """While it is entered, `expired` is called in a thread when the time is up.

    Args:
        seconds: When that is.
        expired: What to call; no signal is involved, and the handler runs on.
    """

    __slots__ = ("_expired", "_over", "_seconds")

    def __init__(self, seconds: float, expired: Callable[[], None]) -> None:
        import _thread

        self._seconds = seconds
        self._expired = expired
        self._over = _thread.allocate_lock()

    def __enter__(self) -> None:
        import _thread

        self._over.acquire()
        _thread.start_new_thread(self._watch, ())

    def __exit__(self, *_: object) -> None:
        self._over.release()

    def _watch(self) -> None:
        if not self._over.acquire(timeout=max(self._seconds, 0)):
            self._expired()


def load() -> None:
    """Import what sending takes: some 30 ms, spent in INIT, which has a full core."""
    __import__("http.client")
    __import__("ssl")


def put(url: str, body: bytes) -> None:
    """Send an answer; what cannot be sent after some tries is said in the log."""
    import time

    problem = ""
    for tried in range(1, _TRIES + 1):
        try:
            status = _put_once(url, body)
        except OSError as error:
            problem = f"{type(error).__name__}: {error}"
        else:
            if status < 400:  # noqa: PLR2004 - HTTP's first number for an error
                return
            problem = f"HTTP status {status}"
        if tried < _TRIES:
            time.sleep(0.2 * 2**tried)
    sys.stdout.write(f"CloudFormation's ResponseURL does not take the answer: {problem}\n")


def _put_once(url: str, body: bytes) -> int:
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    connect = HTTPSConnection if scheme == "https" else HTTPConnection
    connection = connect(host, timeout=_TRY_S)
    try:
        # The URL is signed for a request without a content type.
        connection.request("PUT", slash + path, body, {"Content-Type": ""})
        return connection.getresponse().status
    except HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()
