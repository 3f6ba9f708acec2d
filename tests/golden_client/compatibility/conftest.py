"""Libraries that applications run on Lambda, under AWS's client and every door of the core.

They are installed once, from hashed requirements, into a folder of the user's cache: the
environment of this project stays as small as it is.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from uv import find_uv_bin

from sparta.local.installed import cache_folder
from sparta.local.invocation import Invocation
from sparta.package import handler_door, shim
from sparta.package.interpreters import find
from sparta.package.locked import locked
from sparta.package.target import Target

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden, Seen

TRACE_ID = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
VARIABLE = re.compile(  # times, durations and random identifiers
    rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(Z|[+]00:?00)?|\b\d{13}\b|\b\d{10}\.\d+\b"
)


def installed(requirements: Path, interpreter: Path) -> Path:
    """Return a folder that holds the packages, installed first where it is not there yet."""
    parts = f"{requirements.read_text('utf-8')}\0{interpreter.resolve()}"
    name = f"compatibility-{hashlib.sha256(parts.encode()).hexdigest()[:16]}"
    folder = cache_folder() / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / "install.lock"):
        if not (folder / name).exists():
            build = Path(tempfile.mkdtemp(dir=folder))
            subprocess.run(
                [find_uv_bin(), "pip", "install", "--quiet", "--require-hashes", "--python",
                 str(interpreter), "--target", str(build / "packages"), "--compile-bytecode",
                 "--only-binary", ":all:", "-r", str(requirements)],
                check=True,
            )  # fmt: skip
            (build / "packages").rename(folder / name)
            shutil.rmtree(build)
    return folder / name


SIDES: tuple[tuple[Literal["aws", "core", "takeover", "handler"], str], ...] = (
    ("aws", "app.handler"),
    ("core", "app.handler"),
    ("takeover", "_sparta_takeover.handler"),
    ("handler", "_sparta_handler.handler"),
)
INDEX = "def __getattr__(name):\n    import app\n    return getattr(app, name)\n"


@dataclass(frozen=True)
class Compatibility:
    """Runs an application that uses the libraries on every side.

    Args:
        golden: Starts the sides.
        packages: The folder with the libraries.
        modules: What the doors add to an archive, by name.
        backend: The file of cffi that the handler door needs.
        files: More files of the task root, by name.
        agent: The handler setting where an agent's handler is in front; DD_LAMBDA_HANDLER says
            then what it would be.
    """

    golden: Golden
    packages: Path
    modules: dict[str, str]
    backend: Path
    files: dict[str, str] = field(default_factory=dict)
    agent: str = ""

    def run(self, source: str, *events: Any, **variables: str) -> tuple[Seen, Seen, Seen, Seen]:
        """Return what AWS's client, and the core by its three doors, did with these events."""
        task = self.golden.task({"app.py": source, "index.py": INDEX, **self.modules, **self.files})
        for entry in (*self.packages.iterdir(), self.backend):
            if entry.name not in {"bin", "__pycache__"} and not (task / entry.name).exists():
                (task / entry.name).symlink_to(entry)
        invocations = [
            Invocation(
                json.dumps(event).encode(), request_id=f"request-{number}", trace_id=TRACE_ID
            )
            for number, event in enumerate(events or (None,))
        ]
        with ExitStack() as stack:
            sides = [
                stack.enter_context(
                    self.golden.side(
                        name, task, self.agent or handler, DD_LAMBDA_HANDLER=handler, **variables
                    )
                )
                for name, handler in SIDES
            ]
            aws, core, takeover, handler = (side.serve(invocations) for side in sides)
        return aws, core, takeover, handler

    def same(self, source: str, *events: Any, **variables: str) -> Seen:
        """Run on every side and hold that they answered and wrote the same."""
        aws, *doors = self.run(source, *events, **variables)
        for door, served_by in zip(
            doors, ("sparta/", "sparta/", "aws-lambda-python/"), strict=True
        ):
            assert door.kinds == aws.kinds == ["response"] * len(events or (None,)), door
            for theirs, ours in zip(aws.outcomes, door.outcomes, strict=True):
                assert VARIABLE.sub(b"<>", ours.body) == VARIABLE.sub(b"<>", theirs.body)
                assert ours.headers["user-agent"].startswith(served_by)
            assert VARIABLE.sub(b"<>", door.stdout) == VARIABLE.sub(b"<>", aws.stdout)
            # It would also say there that the core does not serve.
            assert VARIABLE.sub(b"<>", door.stderr) == VARIABLE.sub(b"<>", aws.stderr)
        return doors[0]


@pytest.fixture(scope="session")
def compatibility(golden: Golden, project_root: Path) -> Compatibility:
    """Return what runs applications with the libraries in their task root."""
    minor = golden.runtime.minor
    interpreter = find(minor)
    assert interpreter is not None
    requirements = project_root / "requirements" / "compatibility.txt"
    modules = {file.path: file.content.decode() for file in shim.modules(("takeover", "handler"))}
    target = Target(minor, "x86_64")
    (backend,) = handler_door.backend(target, (), cache_folder() / "tests", report=silent)
    assert backend.source is not None
    return Compatibility(golden, installed(requirements, interpreter), modules, backend.source)


def silent(_message: str, /, **_fields: object) -> None:
    """Take what the packager reports."""
