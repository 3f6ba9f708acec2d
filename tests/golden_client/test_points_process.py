"""Points 54 to 62, 65 and 68 of AWS's client: the process that a handler finds itself in.

Points that have no case: 66 (durable functions are an SDK over ordinary events: what they need is
points 11 to 24 and 35 to 41). Point 67 is in
`tests/golden_client/compatibility`.
"""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sparta.local.invocation import Invocation

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden

SIDES: tuple[Literal["aws", "core"], ...] = ("aws", "core")
EVALUATE = """
import os, sys
def handler(event, context):
    return eval(event)
"""


def values(golden: Golden, *expressions: str, **variables: str) -> list[object]:
    """Hold that both sides answer the same; return the answers."""
    events = [json.dumps(text).encode() for text in expressions]
    seen = golden.same(EVALUATE, *events, **variables)
    assert set(seen.kinds) == {"response"}, seen.outcomes
    return seen.values


def test_c54_the_trace_of_each_event(golden: Golden) -> None:
    traces = ("Root=1", "", "Root=2;Sampled=1")
    source = "import os\ndef handler(*_):\n    return os.getenv('_X_AMZN_TRACE_ID', 'none')\n"
    seen = golden.same(source, *(Invocation(b"1", trace_id=trace) for trace in traces))
    assert seen.values == ["Root=1", "none", "Root=2;Sampled=1"]


def test_c54_children_see_it(golden: Golden) -> None:
    source = (
        "import subprocess\ndef handler(*_):\n"
        "    return subprocess.getoutput('echo $_X_AMZN_TRACE_ID')\n"
    )
    assert golden.same(source, Invocation(b"1", trace_id="Root=1"), b"2").values == ["Root=1", ""]


def test_c55_folder_time_zone_arguments(golden: Golden) -> None:
    values(
        golden, "os.getcwd()", "os.environ['TZ']", "__import__('time').tzname", "sys.argv[0]",
        "__name__", "__file__", "sys.modules['__main__'].__name__",
        "os.path.basename(sys.executable)",
        "sys.getdefaultencoding()", "sys.flags.utf8_mode", "sys.getrecursionlimit()",
        "__import__('locale').getpreferredencoding()", "sys.dont_write_bytecode or True",
    )  # fmt: skip


def test_c55_files_are_opened_in_the_same_encoding(golden: Golden) -> None:
    text = "open('/dev/null').encoding"
    values(golden, text, LANG="en_US.UTF-8")
    values(golden, text, LANG="C")
    values(golden, text, LANG="", LC_ALL="")


def test_c55_the_environment(golden: Golden) -> None:
    names = "sorted(n for n in os.environ if n not in ('LC_CTYPE', 'PYTHONDONTWRITEBYTECODE'))"
    found = values(golden, names, "os.environ['PYTHONPATH']", OWN="1")
    assert "OWN" in found[0]  # type: ignore[operator]


def test_c56_the_search_path(golden: Golden) -> None:
    # On this machine one folder stands for /var/lang/.../site-packages and for /var/runtime.
    aws, core = golden.run(EVALUATE, b'"sys.path"')
    (theirs,), (ours,) = aws.values, core.values
    assert ours[0] == theirs[0]
    minor = golden.runtime.minor
    assert ours[1:4] == [
        f"/opt/python/lib/python{minor}/site-packages",
        "/opt/python",
        f"/var/lang/lib/python{minor}/site-packages",
    ]
    assert set(theirs) <= {*ours, str(golden.runtime.site_packages)} | {""} | set(theirs[2:])
    assert values(golden, "__import__('boto3').__name__") == ["boto3"]


def test_c56_the_task_root_comes_first(golden: Golden) -> None:
    files = {"boto3.py": "OWN = 1\n", "statistics.py": "OWN = 2\n"}
    source = "import boto3, statistics\ndef handler(*_):\n    return boto3.OWN, statistics.OWN\n"
    assert golden.same(source, files=files).body == b"[1, 2]"


def test_c57_path_files(golden: Golden) -> None:
    files = {
        "own.pth": "vendored\nimport sys; sys.by_path_file = 3\nabsent\n",
        "vendored/inside.py": "VALUE = 1\n",
    }
    source = "import inside, sys\ndef handler(*_):\n    return inside.VALUE, sys.by_path_file\n"
    assert golden.same(source, files=files).body == b"[1, 3]"


def test_c58_children_find_the_runtime_s_packages(golden: Golden) -> None:
    source = """
import subprocess, sys
def handler(*_):
    run = [sys.executable, "-c", "import boto3; print(boto3.__name__)"]
    return subprocess.run(run, capture_output=True, text=True).stdout
"""
    assert golden.same(source).body == b'"boto3\\n"'


def test_c59_signals_during_and_between_events(golden: Golden) -> None:
    source = """
import os, signal, threading, time
SEEN = []
signal.signal(signal.SIGUSR1, lambda *_: SEEN.append(threading.current_thread().name))
signal.signal(signal.SIGALRM, lambda *_: SEEN.append("alarm"))
def handler(event, context):
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGUSR1)
    return threading.current_thread() is threading.main_thread(), SEEN
"""
    task = golden.task({"app.py": source})
    for name in SIDES:
        with golden.side(name, task, "app.handler") as side:
            first = side.serve([Invocation(b"1")])
            assert first.values == [[True, ["alarm", "MainThread"]]]
            side.process.send_signal(signal.SIGUSR1)
            time.sleep(0.3)
            second = side.serve([Invocation(b"1")])
            assert second.values[0][1] == [
                "alarm", "MainThread", "MainThread", "alarm", "MainThread",
            ]  # fmt: skip


def test_c60_threads_run_between_events(golden: Golden) -> None:
    source = """
import threading, time
COUNT = [0]
def work():
    while True:
        COUNT[0] += 1
        time.sleep(0.005)
threading.Thread(target=work, daemon=True).start()
def handler(*_):
    return COUNT[0]
"""
    task = golden.task({"app.py": source})
    for name in SIDES:
        with golden.side(name, task, "app.handler") as side:
            (before,) = side.serve([Invocation(b"1")]).values
            time.sleep(0.2)
            assert side.serve([Invocation(b"1")]).values[0] > before + 10


def test_c61_the_end_of_the_process(golden: Golden) -> None:
    source = """
import atexit, sys, threading
atexit.register(print, "at exit")
sys.stdout.write("started ")
def handler(event, context):
    threading.Thread(target=lambda: print("thread")).start()
    sys.exit(event)
"""
    for event in (b"0", b"7", b'"text"', b"null"):
        seen = golden.same(source, event)
        assert b"at exit" in seen.stdout


def test_c61_sigterm(golden: Golden, intended: dict[str, str]) -> None:
    task = golden.task({"app.py": "def handler(*_): return 1\n"})
    for name in SIDES:
        with golden.side(name, task, "app.handler") as side:
            side.serve([Invocation(b"1")])
            side.process.terminate()
            assert side.process.wait(10) == -signal.SIGTERM
    assert intended["sigterm"]
    own = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n"
    task = golden.task({"app.py": own + "def handler(*_): return 1\n"})
    with golden.side("core", task, "app.handler") as side:
        side.serve([Invocation(b"1")])
        side.process.terminate()
        assert side.process.wait(10) == 9


def test_c62_exit_and_quit(golden: Golden) -> None:
    for call in ("exit()", "quit(3)", "exit('text')"):
        assert golden.same(f"def handler(*_): {call}\n").kinds == ["exit"]


def test_c62_what_belongs_to_the_prompt(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["prompt"]
    aws, core = golden.run("def handler(*_):\n    return callable(help)\n")
    assert (aws.kinds, core.kinds) == (["response"], ["error"])


def test_c65_several_events_at_a_time_are_left_to_aws(golden: Golden) -> None:
    task = golden.task({"app.py": EVALUATE})
    with golden.side("core", task, "app.handler", AWS_LAMBDA_MAX_CONCURRENCY="2") as side:
        command = Path(f"/proc/{side.process.pid}/cmdline")
        deadline_s = time.monotonic() + 10
        while str(golden.runtime.bootstrap) not in command.read_text().split("\0")[1]:
            assert time.monotonic() < deadline_s
            time.sleep(0.02)


def test_c68_simplejson_is_not_imported(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["simplejson"]
    aws, core = golden.run(EVALUATE, b"\"'simplejson' in sys.modules\"")
    assert (aws.values, core.values) == ([True], [False])
