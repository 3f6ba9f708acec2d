"""The child process: ministack on a loopback port of ours, our executor and our guard in it.

It is started by `launch.py` in an environment that has ministack and nothing of the user's.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
import secrets
import signal
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.errors import LocalError
from sparta.local import ministack_hooks, placeholders, time_zones
from sparta.local.endpoint import ACCOUNT, REGION, Endpoint, State, read_state
from sparta.local.executor import Executor
from sparta.local.formula_alarms import keep_formula_alarms
from sparta.local.guard import Guard
from sparta.local.unpacked import TaskRoots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.local.guard import Application

BUCKET = "sparta-local"
SCHEDULE_TICK_S = 1.0
ORPHAN_CHECK_S = 2.0


def main(arguments: Sequence[str]) -> None:
    """Serve until SIGTERM, or until the state file is no longer this process's.

    Args:
        arguments: `--state FILE --log FILE --fingerprint TEXT [--port N] [--no-iam]`.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--fingerprint", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-iam", action="store_true")
    options = parser.parse_args(arguments)
    os.setsid()  # neither Ctrl-C in the user's terminal nor its closing reaches this process
    os.chdir(options.state.parent)
    listener = _listen(options.port)
    endpoint = Endpoint(
        url=f"http://127.0.0.1:{listener.getsockname()[1]}",
        access_key_id=f"LOCAL{secrets.token_hex(8).upper()}",
        secret_access_key=secrets.token_hex(20),
        bucket=BUCKET,
        pid=os.getpid(),
        log_file=options.log,
        iam=not options.no_iam,
    )
    with tempfile.TemporaryDirectory(prefix="sparta-local-", ignore_cleanup_errors=True) as folder:
        state = State(endpoint, options.fingerprint, Path(folder))
        try:
            _serve(listener, state, options.state)
        except LocalError as error:
            print(error, file=sys.stderr, flush=True)  # noqa: T201 - the log file
            os._exit(1)
    # ministack's pools may hold threads that wait for what will never come: do not wait for them.
    os._exit(0)


def _listen(port: int) -> socket.socket:
    """Return a listening socket, on the port of last time where that is free."""
    try:
        return socket.create_server(("127.0.0.1", port), backlog=128)
    except OSError:
        return socket.create_server(("127.0.0.1", 0), backlog=128)


def _serve(listener: socket.socket, state: State, state_file: Path) -> None:
    task_roots = TaskRoots(state.work_folder)
    executor = Executor(task_roots)
    application = _emulator(state.endpoint, executor)
    identity = {"pid": os.getpid(), "fingerprint": state.fingerprint}
    key = state.endpoint.access_key_id
    guard = Guard(application, key, identity, iam=state.endpoint.iam)
    state.write(state_file)
    try:
        asyncio.run(_until_stopped(guard, listener, state_file))
    finally:
        executor.close()
        task_roots.remove()
        if _is_ours(state_file):
            state_file.unlink(missing_ok=True)


def _emulator(endpoint: Endpoint, executor: Executor) -> Application:
    """Import ministack, which reads its environment while it is imported, and set it up."""
    os.environ.update(_settings(endpoint))
    application: Application = importlib.import_module("ministack.app").app
    ministack_hooks.check()
    root = {
        "AWS_ACCESS_KEY_ID": endpoint.access_key_id,
        "AWS_SECRET_ACCESS_KEY": endpoint.secret_access_key,
        "AWS_SESSION_TOKEN": "",
    }
    ministack_hooks.run_functions_with(executor, endpoint.url, {} if endpoint.iam else root)
    ministack_hooks.make_bucket(endpoint.bucket)
    keep_formula_alarms()
    time_zones.install(SCHEDULE_TICK_S)
    placeholders.install()
    return application


def _settings(endpoint: Endpoint) -> dict[str, str]:
    return {
        "AUTH": "true" if endpoint.iam else "false",
        "AWS_ACCESS_KEY_ID": endpoint.access_key_id,
        "AWS_SECRET_ACCESS_KEY": endpoint.secret_access_key,
        "GATEWAY_PORT": endpoint.url.rpartition(":")[2],
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "localhost",
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "DOCKER_HOST": "unix:///nonexistent",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
    }


async def _until_stopped(guard: Guard, listener: socket.socket, state_file: Path) -> None:
    serve: Any = importlib.import_module("hypercorn.asyncio").serve
    config: Any = importlib.import_module("hypercorn.config").Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    orphan_check = asyncio.create_task(_stop_as_orphan(state_file, stopped))
    await serve(guard, config, shutdown_trigger=stopped.wait)
    orphan_check.cancel()


async def _stop_as_orphan(state_file: Path, stopped: asyncio.Event) -> None:
    """End this process when its project's folder is gone, or names another process."""
    while _is_ours(state_file):  # noqa: ASYNC110 - nobody can set an event when a folder goes
        await asyncio.sleep(ORPHAN_CHECK_S)
    stopped.set()


def _is_ours(state_file: Path) -> bool:
    state = read_state(state_file)
    return state is not None and state.endpoint.pid == os.getpid()
