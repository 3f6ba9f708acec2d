"""One execution environment, on real processes: AWS's client, a wrapper, every kind of end."""

from __future__ import annotations

import json
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.errors import LocalError
from sparta.local import sandbox
from sparta.local.configuration import FunctionConfiguration
from sparta.local.invocation import Invocation
from sparta.local.managed_runtime import managed_runtime, running_minor
from sparta.local.sandbox import Sandbox

if TYPE_CHECKING:
    from sparta.local.sandbox import Execution

RUNTIME = f"python{running_minor()}"
APP = """
import os, subprocess, sys, time
print("loaded")
calls = 0
def echo(event, context):
    global calls
    calls += 1
    print("caf\u00e9")
    return {"event": event, "calls": calls, "left_ms": context.get_remaining_time_in_millis()}
def world(event, context):
    return {"environment": dict(os.environ), "path": sys.path, "cwd": os.getcwd()}
def fails(event, context):
    raise ValueError("no")
def leaves(event, context):
    os._exit(7)
def sleeps(event, context):
    child = subprocess.Popen(["/bin/sleep", "60"])
    print("child", child.pid, flush=True)
    time.sleep(60)
def eats(event, context):
    kept = bytearray(200 << 20)
    time.sleep(5)
"""
WRAPPER = """\
#!/var/lang/bin/python{minor} -IS
import os, sys
from http.client import HTTPConnection
api = HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    answer = api.getresponse()
    answer.read()
    request_id = answer.getheader("Lambda-Runtime-Aws-Request-Id")
    seen = [sys.argv, list(sys.version_info[:2]), sys.flags.isolated, sys.flags.no_site]
    text = __import__("json").dumps(seen)
    api.request("POST", f"/2018-06-01/runtime/invocation/{{request_id}}/response", text)
    api.getresponse().read()
"""


@pytest.fixture
def task_root(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(textwrap.dedent(APP), "utf-8")
    return tmp_path


def run(task_root: Path, handler: str, **configuration: object) -> Execution:
    settings = FunctionConfiguration(f"app.{handler}", RUNTIME, **configuration)  # type: ignore[arg-type]
    with Sandbox(settings, task_root) as box:
        return box.invoke(Invocation(b'{"a": 1}', request_id="id-1"))


def error_of(execution: Execution) -> tuple[str, str, str]:
    body = json.loads(execution.outcome.body)
    return execution.outcome.kind, body["errorType"], body["errorMessage"]


def test_a_warm_environment_keeps_its_state_and_logs_each_event(task_root: Path) -> None:
    with Sandbox(FunctionConfiguration("app.echo", RUNTIME), task_root) as box:
        first = box.invoke(Invocation(b'{"a": 1}', request_id="id-1"))
        assert box.idle(5.0)
        second = box.invoke(Invocation(b"[]", request_id="id-2"))
    answer = json.loads(first.outcome.body)
    assert (answer["event"], answer["calls"]) == ({"a": 1}, 1)
    assert 0 < answer["left_ms"] <= 3000
    assert json.loads(second.outcome.body)["calls"] == 2
    lines = first.log.splitlines()
    assert lines[:4] == [
        "loaded",
        "START RequestId: id-1 Version: $LATEST",
        "caf\u00e9",
        "END RequestId: id-1",
    ]
    assert lines[4].startswith("REPORT RequestId: id-1\tDuration: ")
    assert "Init Duration" in lines[4]
    assert second.log.splitlines()[:2] == ["START RequestId: id-2 Version: $LATEST", "caf\u00e9"]
    assert "Init Duration" not in second.log
    assert not (task_root / "__pycache__").exists()


def test_an_exception_is_reported_as_the_client_reports_it(task_root: Path) -> None:
    execution = run(task_root, "fails")
    assert error_of(execution) == ("error", "ValueError", "no")
    assert json.loads(execution.outcome.body)["stackTrace"]
    assert "[ERROR] ValueError: no" in execution.log


def test_a_process_that_exits_is_a_runtime_exit_error(task_root: Path) -> None:
    execution = run(task_root, "leaves")
    text = "RequestId: id-1 Error: Runtime exited with error: exit status 7"
    assert error_of(execution) == ("exit", "Runtime.ExitError", text)
    assert f"{text}\nRuntime.ExitError\n" in execution.log


def test_a_timeout_kills_the_process_and_its_children(task_root: Path) -> None:
    execution = run(task_root, "sleeps", timeout_s=0.5)
    text = "RequestId: id-1 Error: Task timed out after 0.50 seconds"
    assert error_of(execution) == ("timeout", "Sandbox.Timedout", text)
    assert "Status: timeout" in execution.log
    child = int(execution.log.split("child ")[1].split()[0])
    deadline_s = time.monotonic() + 5
    while (state := state_of(child)) not in {"", "Z"} and time.monotonic() < deadline_s:
        time.sleep(0.01)
    assert state in {"", "Z"}


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


def test_too_much_memory_kills_it(task_root: Path) -> None:
    execution = run(task_root, "eats", timeout_s=10)
    assert error_of(execution)[:2] == ("exit", "Runtime.OutOfMemory")
    assert "Max Memory Used: 128 MB" in execution.log


def test_a_handler_that_is_missing_is_an_init_error(task_root: Path) -> None:
    execution = run(task_root, "nothing")
    assert error_of(execution)[:2] == ("init_error", "Runtime.HandlerNotFound")
    assert "Error Type: Runtime.HandlerNotFound" in execution.log


def test_an_init_that_takes_too_long_is_run_again_in_the_first_invocation(
    task_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "INIT_LIMIT_S", 0.4)
    with (task_root / "app.py").open("a", encoding="utf-8") as file:
        file.write('print("slow")\ntime.sleep(0.8)\n')
    execution = run(task_root, "echo")
    assert execution.outcome.kind == "response"
    assert execution.log.splitlines()[:2] == ["loaded", "slow"]
    assert "Phase: init\tStatus: timeout\nSTART" in execution.log
    assert "loaded\nslow\ncaf\u00e9" in execution.log.partition("START")[2]
    assert error_of(run(task_root, "echo", timeout_s=0.5))[1] == "Sandbox.Timedout"


def test_a_wrapper_that_the_kernel_refuses_leaves_nothing_open(task_root: Path) -> None:
    wrapper = task_root / "wrapper"
    wrapper.write_bytes(b"\x00no program")
    wrapper.chmod(0o755)
    run(task_root, "echo")
    before = open_files()
    with pytest.raises(OSError, match="Exec format error"):
        run(task_root, "echo", environment={"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/wrapper"})
    wait_for_files(before)


def test_the_environment_is_the_functions_own(
    task_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOST_SECRET", "leak")
    monkeypatch.setenv("PYTHONPATH", "/leak")
    own = {"COLOUR": "blue", "LD_LIBRARY_PATH": "/var/task/lib:/opt/lib", "_HANDLER": "forged"}
    execution = run(task_root, "world", environment=own, memory_mb=256)
    answer = json.loads(execution.outcome.body)
    environment = answer["environment"]
    assert environment["COLOUR"] == "blue"
    assert environment["LD_LIBRARY_PATH"] == f"{task_root}/lib:/opt/lib"
    assert environment["_HANDLER"] == "app.world"
    assert environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == "256"
    assert environment["AWS_EXECUTION_ENV"] == f"AWS_Lambda_{RUNTIME}"
    assert environment["LAMBDA_TASK_ROOT"] == answer["cwd"] == str(task_root)
    assert "leak" not in json.dumps(answer)
    assert not {"HOME", "USER", "VIRTUAL_ENV"} & set(environment)
    site_packages = environment["LAMBDA_RUNTIME_DIR"]
    assert answer["path"][:2] == [str(task_root), site_packages]
    others = set(answer["path"]) - {site_packages}
    assert [path for path in others if "site-packages" in path] == []


def wrapped(task_root: Path, minor: str, mode: int = 0o755) -> Execution:
    wrapper = task_root / "bootstrap"
    wrapper.write_text(WRAPPER.format(minor=minor), "utf-8")
    wrapper.chmod(mode)
    return run(task_root, "echo", environment={"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"})


def test_a_wrapper_runs_under_the_interpreter_of_its_first_line(task_root: Path) -> None:
    execution = wrapped(task_root, running_minor())
    arguments, version, isolated, no_site = json.loads(execution.outcome.body)
    runtime = managed_runtime(RUNTIME)
    assert arguments == [
        str(task_root / "bootstrap"),
        str(runtime.interpreter),
        str(runtime.bootstrap),
    ]
    assert ".".join(map(str, version)) == running_minor()
    assert (isolated, no_site) == (1, 1)


@pytest.mark.parametrize(
    ("minor", "mode", "status", "text"),
    [
        (running_minor(), 0o644, 126, "is not an executable"),
        ("3.99", 0o755, 126, "python3.99: bad interpreter"),
    ],
)
def test_a_wrapper_that_lambda_could_not_start_does_not_start(
    task_root: Path, minor: str, mode: int, status: int, text: str
) -> None:
    execution = wrapped(task_root, minor, mode)
    assert error_of(execution)[2].endswith(f"exit status {status}")
    assert text in execution.log


def test_a_wrapper_that_is_absent_is_said_to_be(task_root: Path) -> None:
    environment = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/none"}
    execution = run(task_root, "echo", environment=environment)
    assert error_of(execution)[2].endswith("exit status 127")
    assert f"{task_root}/none: does not exist" in execution.log


def test_a_runtime_that_is_not_here_is_named_with_those_that_are(task_root: Path) -> None:
    with pytest.raises(LocalError, match=rf"no CPython 3\.99(.|\n)*{running_minor()}"):
        Sandbox(FunctionConfiguration("app.echo", "python3.99"), task_root)
    with pytest.raises(LocalError, match='cannot run the runtime "nodejs'):
        Sandbox(FunctionConfiguration("app.echo", "nodejs22.x"), task_root)


def test_closing_leaves_no_open_file(task_root: Path) -> None:
    run(task_root, "echo")
    before = open_files()
    for _ in range(3):
        run(task_root, "echo")
    wait_for_files(before)


def wait_for_files(count: int) -> None:
    deadline_s = time.monotonic() + 5
    while open_files() > count and time.monotonic() < deadline_s:
        time.sleep(0.01)
    assert open_files() <= count


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("own", ["", "/opt/lib/python:/var/task/vendor"])
def test_layers_stand_between_the_code_and_the_runtime(task_root: Path, own: str) -> None:
    opt = task_root / "opt"
    environment = {"PYTHONPATH": own} if own else {}
    settings = FunctionConfiguration("app.world", RUNTIME, environment=environment)
    with Sandbox(settings, task_root, layer_root=opt) as box:
        world = json.loads(box.invoke(Invocation(b"{}")).outcome.body)
    site_packages = f"{opt}/python/lib/{RUNTIME}/site-packages"
    layers = (
        [f"{opt}/lib/python", f"{task_root}/vendor"] if own else [site_packages, f"{opt}/python"]
    )
    client = str(managed_runtime(RUNTIME).site_packages)
    assert world["path"][:4] == [str(task_root), *layers, client]
    assert world["environment"]["LD_LIBRARY_PATH"].endswith(f":{opt}/lib")
    assert world["environment"]["PATH"].endswith(f":{opt}/bin")
