"""Every vector, on every runtime: AWS's own client with the pure runtime, and the native core.

A vector names a handler and an event, and says what must be posted, byte for byte:

    function    in handlers.py ("echo" where it is left out), or "outcomes.result"
    event       any JSON; or event_text, event_base64: the bytes themselves
    want        streamed: whether it comes piece by piece (false where it is left out);
                json (its bytes as AWS's client writes them), text, base64: a response;
                trailer: the error, as error below, that a streamed answer ends in;
                error, init_error: type, message, names of the frames, the last frame's source;
                exit: how the process ends; log: pieces of what it writes meanwhile
    differs     the other outcome of one kind of runtime, where that is intended, and the reason
    handler, files, variables, invocation    settings of the process and of the invocation

Within `event` and `want`, `$like` takes an object of the file's `shared` with some fields changed,
`$repeat` joins repeated texts, `$copies` makes an array of one item, `$json` makes a text.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local.invocation import ERROR_TYPE
from sparta.local.runtime_api import Invocation

if TYPE_CHECKING:
    from tests.conformance.conftest import Application, Environments, Runtime

    from sparta.local.runtime_api import Outcome

VECTORS = Path(__file__).parent / "vectors"
FEWEST = 60
REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"
VARIABLES = {
    "SPARTA_DISCOVERY_INFO": json.dumps(
        {
            "StackName": "Conformance",
            "Region": "us-east-1",
            "Resources": {
                "Ledger": {"Ref": "ledger-1", "Arn": "arn:aws:dynamodb:::table/ledger-1"}
            },
        }
    )
}


@dataclass(frozen=True)
class Vector:
    """One case, as its file has it."""

    subject: str
    case: dict[str, Any]
    shared: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.subject}: {self.case['name']}"

    @property
    def settings(self) -> dict[str, Any]:
        """What belongs to the process: vectors that agree in it share one."""
        return {
            "function": self.case.get("function", "echo"),
            "handler": self.case.get("handler", "index.entry"),
            "files": tuple(self.case.get("files", {}).items()),
            "variables": tuple({**VARIABLES, **self.case.get("variables", {})}.items()),
        }

    @property
    def event(self) -> bytes:
        """The event's bytes: given as JSON, as text (in pieces to be repeated), or in base64."""
        if "event_base64" in self.case:
            return base64.b64decode(self.case["event_base64"])
        if "event_text" in self.case:
            return repeated(self.case["event_text"]).encode()
        return encoded(expanded(self.case.get("event"), self.shared))

    def wanted(self, kinds: tuple[str, ...]) -> dict[str, Any]:
        differing: dict[str, dict[str, Any]] = self.case.get("differs", {})
        want: dict[str, Any] = self.case["want"]
        return next((differing[kind] for kind in kinds if kind in differing), want)


def expanded(value: Any, shared: dict[str, Any]) -> Any:
    """Return a value with the few words that keep vectors small replaced by what they mean."""
    if isinstance(value, list):
        return [expanded(item, shared) for item in value]
    if not isinstance(value, dict):
        return value
    if "$repeat" in value:
        return repeated(value["$repeat"])
    if "$copies" in value:
        return [expanded(value["$copies"], shared)] * int(value["times"])
    if "$json" in value:
        return encoded(expanded(value["$json"], shared)).decode()
    base = shared[value["$like"]] if "$like" in value else {}
    fields = {**base, **{name: item for name, item in value.items() if name != "$like"}}
    return {name: expanded(item, shared) for name, item in fields.items()}


def repeated(pieces: Any) -> str:
    """Return a text that is given whole, or as pieces and how often each is repeated."""
    if isinstance(pieces, str):
        return pieces
    return "".join(text * times for text, times in pieces)


def encoded(value: Any) -> bytes:
    """Return a value as AWS's client writes it."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def loaded() -> list[Vector]:
    found = []
    for path in sorted(VECTORS.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        shared = content.get("shared", {})
        found += [Vector(path.stem, case, shared) for case in content["vectors"]]
    # Neighbours share a process.
    return sorted(found, key=lambda vector: repr(vector.settings))


ALL = loaded()


def compare(vector: Vector, want: dict[str, Any], outcome: Outcome, log: str) -> None:
    """Hold an outcome against what a vector wants of it."""
    if "exit" in want:
        assert outcome.kind == "exit", log
        text = f"RequestId: {REQUEST_ID} Error: Runtime exited {want['exit']}"
        assert json.loads(outcome.body)["errorMessage"] == text
    elif "error" in want:
        assert outcome.kind == "error", log
        compare_error(json.loads(outcome.body), want["error"], REQUEST_ID)
    elif "init_error" in want:
        assert outcome.kind == "init_error", log
        compare_error(json.loads(outcome.body), want["init_error"], "")
    else:
        assert outcome.kind == "response", log + outcome.body[:2000].decode()
        compare_response(vector, want, outcome)
    for piece in want.get("log", ()):
        assert piece in log


def compare_response(vector: Vector, want: dict[str, Any], outcome: Outcome) -> None:
    """Hold a posted response against the wanted bytes and content type."""
    if "refusal" in want:  # for texts that are a parser's own
        envelope = json.loads(outcome.body)
        assert envelope["statusCode"] == 400
        (text,) = json.loads(envelope["body"])["errors"]
        assert text.startswith(want["refusal"])
        return
    if "json" in want:
        body = encoded(expanded(want["json"], vector.shared))
    elif "text" in want:
        body = repeated(want["text"]).encode()
    else:
        body = base64.b64decode(want["base64"])
    same = outcome.body == body
    # Megabytes that differ would be reported character by character.
    assert same or outcome.body[:2000] == body[:2000]
    assert same
    assert outcome.headers["content-type"] == want.get("content_type", "application/json")
    assert outcome.is_streamed == want.get("streamed", False)
    if "trailer" in want:
        assert outcome.headers[ERROR_TYPE] == want["trailer"]["type"]
        compare_error(json.loads(outcome.stream_error or b""), want["trailer"], REQUEST_ID)
    else:
        assert outcome.stream_error is None


def compare_error(posted: dict[str, Any], want: dict[str, Any], request_id: str) -> None:
    """Hold a posted error against the wanted type, text and frames."""
    assert posted["errorType"] == want["type"]
    if "message_starts" in want:
        assert posted["errorMessage"].startswith(want["message_starts"])
    else:
        assert posted["errorMessage"] == want["message"]
    if want.get("by") == "platform":
        return
    assert list(posted) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert posted["requestId"] == request_id
    frames = [frame_of(text) for text in posted["stackTrace"]]
    if "frames" in want:
        assert [frame.function for frame in frames] == want["frames"]
    if "first_frame" in want:
        assert frames[0].function == want["first_frame"]
    if "last_starts" in want:
        assert frames[-1].source.startswith(want["last_starts"])
    if "last" in want:
        assert (f"{frames[-1].file}: {frames[-1].source}" if frames else "") == want["last"]


@dataclass(frozen=True)
class Frame:
    """One element of a stack trace, taken apart."""

    file: str
    function: str
    source: str


def frame_of(text: str) -> Frame:
    """Take apart one element: `  File "path", line 3, in name` and a source line.

    The one that stands for repeated ones, `  [Previous line repeated 9 more times]`, is all source.
    """
    if not text.startswith('  File "'):
        return Frame("", "", text.strip())
    location, _, source = text.partition("\n")
    _, path, rest = location.split('"')
    return Frame(Path(path).name, rest.partition(", in ")[2], source.strip())


@pytest.mark.parametrize("vector", ALL, ids=[vector.name for vector in ALL])
def test_vector(
    environments: Environments,
    application: type[Application],
    runtime: Runtime,
    vector: Vector,
) -> None:
    if runtime.missing:
        pytest.skip(runtime.missing)
    process = environments.of(runtime, application(**vector.settings))
    invocation = Invocation(
        vector.event,
        request_id=REQUEST_ID,
        function_arn="arn:aws:lambda:us-east-1:123456789012:function:conformance:live",
        **vector.case.get("invocation", {}),
    )
    want = vector.wanted(runtime.kinds)
    outcome, log = process.invoke(invocation)
    compare(vector, want, outcome, log)
    if want.get("ends"):
        process.ended()


def test_there_are_enough_vectors_and_no_two_of_one_name() -> None:
    assert len(ALL) >= FEWEST
    assert len({vector.name for vector in ALL}) == len(ALL)


def test_every_difference_has_its_reason() -> None:
    for vector in ALL:
        for kind, want in vector.case.get("differs", {}).items():
            assert kind in {"pure", "native", "takeover", "handler"}
            assert want["reason"], vector.name
