"""How to reach a running local AWS: a value, and the file that it is kept in."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

REGION = "us-east-1"
ACCOUNT = "123456789012"
_API_URL = re.compile(
    r"https?://([a-z0-9]+)\.execute-api\.(?:[a-z0-9-]+\.amazonaws\.com|localhost(?::\d+)?)"
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running local AWS.

    Args:
        url: Of every service, "http://127.0.0.1:PORT".
        access_key_id: Of the account's owner; each instance makes its own.
        secret_access_key: As above.
        bucket: A versioned bucket that exists, for archives and templates.
        pid: The process.
        log_file: Its output, with the log lines of the functions it ran.
        iam: Whether roles and their policies are enforced.
        region: The only one that is set up.
        account: Twelve digits.
    """

    url: str
    access_key_id: str
    secret_access_key: str = field(repr=False)
    bucket: str
    pid: int
    log_file: Path
    iam: bool = True
    region: str = REGION
    account: str = ACCOUNT

    def reachable(self, url: str) -> str:
        """Return where a URL of a deployed HTTP API answers on this machine; others unchanged.

        Outputs hold the API's name on AWS, or a name below `localhost` that not every resolver
        knows; the path form needs no name.

        Args:
            url: Such as "https://ID.execute-api.us-east-1.amazonaws.com/orders".
        """
        match = _API_URL.match(url)
        if not match:
            return url
        return f"{self.url}/_aws/execute-api/{match[1]}/$default{url[match.end() :]}"


@dataclass(frozen=True, slots=True)
class State:
    """What is kept of a running instance.

    Args:
        endpoint: How to reach it.
        fingerprint: What it is made of; another one means that Sparta was changed since.
        work_folder: Where functions are unpacked, removed at its end.
    """

    endpoint: Endpoint
    fingerprint: str
    work_folder: Path

    def write(self, file: Path) -> None:
        """Write the file in one step; only its owner can read it, since it holds the secret key."""
        document: dict[str, Any] = asdict(self)
        document["endpoint"]["log_file"] = str(self.endpoint.log_file)
        document["work_folder"] = str(self.work_folder)
        part = file.with_suffix(f".{os.getpid()}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(document, stream, indent=2)
        part.replace(file)


def read_state(file: Path) -> State | None:
    """Return what the file holds, None where there is no usable one."""
    try:
        document = json.loads(file.read_text("utf-8"))
        endpoint = document["endpoint"]
        endpoint["log_file"] = Path(endpoint["log_file"])
        work_folder = Path(document["work_folder"])
        return State(Endpoint(**endpoint), document["fingerprint"], work_folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
