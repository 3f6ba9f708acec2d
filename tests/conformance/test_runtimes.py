"""Every vector of `cases.py` on every runtime: AWS's own client, the core by each door, the ABI."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.cases import ALL, Vector, encoded, expanded, repeated
from tests.conformance.runtimes import KINDS, ROOT, Application, all_runtimes

from sparta.local.invocation import ERROR_TYPE
from sparta.local.runtime_api import Invocation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.processes import Processes
    from tests.conformance.runtimes import Runtime

    from sparta.local.runtime_api import Outcome

FEWEST = 60
REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"


def chosen() -> Iterator[Any]:
    """Give every vector on every runtime; one stands for all where the runtime is missing."""
    for runtime in all_runtimes():
        for vector in ALL[:1] if runtime.missing else ALL:
            yield pytest.param(runtime, vector, id=f"{runtime.name}-{vector.name}")


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
    for piece in want.get("not_in_log", ()):
        assert piece not in log


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
    # An archive holds Sparta in a few files, the working tree in many.
    own = Path(path).parent.name == "sparta" or path.startswith(f"{ROOT}/python/sparta/")
    return Frame("sparta" if own else Path(path).name, rest.partition(", in ")[2], source.strip())


@pytest.mark.parametrize(("runtime", "vector"), tuple(chosen()))
def test_vector(processes: Processes, runtime: Runtime, vector: Vector) -> None:
    if runtime.missing:
        pytest.skip(runtime.missing)
    application = Application(**vector.settings)
    process = processes.of(runtime, application)
    invocation = Invocation(
        vector.event,
        request_id=REQUEST_ID,
        function_arn="arn:aws:lambda:us-east-1:123456789012:function:conformance:live",
        **vector.case.get("invocation", {}),
    )
    want = vector.wanted(runtime.kinds)
    if runtime.kind == "abi" and ("error" in want or "exit" in want):
        want = {**want, "log": ()}  # whoever calls the C ABI gets the error, and logs it
    outcome, log = process.invoke(application, invocation)
    compare(vector, want, outcome, log)
    if want.get("ends"):
        process.ended()


def test_there_are_enough_vectors_and_no_two_of_one_name() -> None:
    assert len(ALL) >= FEWEST
    assert len({vector.name for vector in ALL}) == len(ALL)


def test_every_difference_has_its_reason() -> None:
    for vector in ALL:
        for kind, want in vector.case.get("differs", {}).items():
            assert kind in {name for names in KINDS.values() for name in names}
            assert want["reason"], vector.name
