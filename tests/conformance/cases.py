"""The vectors: a handler, an event, and what must be posted, byte for byte.

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
from typing import Any

VECTORS = Path(__file__).parent / "vectors"
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
