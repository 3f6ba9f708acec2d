"""What the Runtime API and the Extensions API add for SnapStart and for SIGTERM; real sockets."""

from __future__ import annotations

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sparta.local.configuration import FunctionConfiguration
from sparta.local.invocation import Invocation
from sparta.local.managed_runtime import running_minor
from sparta.local.runtime_api import RuntimeApi
from sparta.local.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "/2018-06-01/runtime"
EXTENSION = "/2020-01-01/extension"
ENDS = """
import sparta, time
from pathlib import Path
@sparta.on_shutdown
def ended():
    Path("ended").touch()
    if Path("slow").exists():
        time.sleep(60)
def handler(event, context):
    return 1
"""


@pytest.fixture
def api() -> Iterator[RuntimeApi]:
    with RuntimeApi(snap_start=True) as api:
        yield api


@pytest.fixture
def connection(api: RuntimeApi) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(api.address, timeout=10)
    yield connection
    connection.close()


def answer(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes = b"",
    **headers: str,
) -> tuple[int, str | None]:
    """Return the status, and the identifier of an extension."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, sent)
    received = connection.getresponse()
    received.read()
    return received.status, received.headers["Lambda-Extension-Identifier"]


def test_a_snapshot_is_waited_for_and_restored(
    api: RuntimeApi, connection: http.client.HTTPConnection
) -> None:
    assert answer(connection, "POST", f"{BASE}/restore/error")[0] == 403
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(answer, connection, "GET", f"{BASE}/restore/next")
        assert api.wait_snapshot(5.0)
        assert not asked.done()
        assert api.wait_ready(0.01) is False
        api.restore()
        assert asked.result()[0] == 200
    assert answer(connection, "GET", f"{BASE}/restore/next")[0] == 403
    assert answer(connection, "POST", f"{BASE}/restore/error")[0] == 202
    assert api.invoke(Invocation(b"1")).kind == "restore_error"
    assert answer(connection, "GET", f"{BASE}/invocation/next")[0] == 403


def test_an_extension_registers_and_waits(
    api: RuntimeApi, connection: http.client.HTTPConnection
) -> None:
    path = f"{EXTENSION}/register"
    name = {"Lambda_Extension_Name": "mine"}
    assert answer(connection, "POST", path, b"", **name)[0] == 400
    assert answer(connection, "POST", path, b'{"events": ["SHUTDOWN"]}', **name)[0] == 403
    assert answer(connection, "POST", path, b'{"events": []}')[0] == 403
    status, identifier = answer(connection, "POST", path, b'{"events": []}', **name)
    assert status == 200
    assert answer(connection, "GET", f"{EXTENSION}/event/next")[0] == 403
    assert answer(connection, "GET", f"{EXTENSION}/other")[0] == 404
    assert api.extensions == ("mine",)
    assert not api.waiting_extensions
    headers = {"Lambda-Extension-Identifier": str(identifier)}
    connection.request("GET", f"{EXTENSION}/event/next", headers=headers)
    deadline_s = time.monotonic() + 5
    waiting = api.waiting_extensions
    while not waiting and time.monotonic() < deadline_s:
        time.sleep(0.01)
        waiting = api.waiting_extensions
    assert waiting == ("mine",)


@pytest.mark.parametrize("is_slow", [False, True])
def test_an_environment_with_an_extension_is_asked_to_end(
    tmp_path: Path, project_root: Path, native_library: Path, *, is_slow: bool
) -> None:
    """By the native core: on Python 3.11, AWS's client sees no signal while it waits."""
    minor = running_minor()
    (tmp_path / "app.py").write_text(ENDS)
    (tmp_path / "sparta").symlink_to(project_root / "python" / "sparta")
    (tmp_path / "_sparta.abi3.so").symlink_to(native_library)
    wrapper = (project_root / "shim" / "bootstrap").read_text(encoding="utf-8")
    (tmp_path / "bootstrap").write_text(wrapper.replace("3.X", minor))
    (tmp_path / "bootstrap").chmod(0o755)
    if is_slow:
        (tmp_path / "slow").touch()
    settings = FunctionConfiguration(
        "app.handler",
        f"python{minor}",
        environment={"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"},
    )
    with Sandbox(settings, tmp_path) as box:
        assert box.invoke(Invocation(b"1")).outcome.body == b"1"
        assert box.idle(5.0)
        started_s = time.monotonic()
    assert time.monotonic() - started_s < 10
    assert (tmp_path / "ended").exists()
    assert not box.alive
