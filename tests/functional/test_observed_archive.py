"""A packaged application's logs and metrics, by both runtimes, from the very archive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local import unpacked
from sparta.local.configuration import FunctionConfiguration
from sparta.local.invocation import Invocation
from sparta.local.sandbox import Sandbox

if TYPE_CHECKING:
    from pathlib import Path

MINOR = f"{sys.version_info[0]}.{sys.version_info[1]}"
APP = """
import sparta

class Order(sparta.Model):
    sku: str

@sparta.on_shutdown
def ended() -> None:
    sparta.logger.info("ended")

@sparta.function(runtime_metrics=True)
def order(request: sparta.Request[Order]) -> None:
    sparta.logger.info("taken", sku=request.body.sku)
    sparta.metric("Orders", 1, unit="Count", kind="gift")

if __name__ == "__main__":
    sparta.main("Shop", "Sells", functions=[order])
"""


def packaged(folder: Path, runtime: str) -> tuple[str, Path]:
    """Return what provision said, and the archive."""
    (folder / "app.py").write_text(APP)
    run = subprocess.run(
        [sys.executable, "app.py", "provision", "--noop", "--runtime", runtime],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout, folder / ".sparta" / "Shop-code.zip"


@pytest.mark.parametrize("runtime", ["python", "native"])
def test_lines_of_the_deployed_archive(tmp_path: Path, native_library: Path, runtime: str) -> None:
    assert native_library.is_file()
    said, archive = packaged(tmp_path, runtime)
    with zipfile.ZipFile(archive) as file:
        names: dict[str, Any] = {}
        index = file.read("index.py").decode()
        exec(index.partition("from sparta")[0] + index[index.index("BUILD_ID") :], names)
    assert names["BUILD_ID"] in said
    root = tmp_path / "task"
    unpacked.unpack([archive.read_bytes()], root)
    wrapper = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"} if runtime == "native" else {}
    settings = FunctionConfiguration(
        "index.order", f"python{MINOR}", "Shop_order", environment=wrapper
    )
    try:
        with Sandbox(settings, root) as box:
            event = json.dumps({"body": '{"sku": "a"}'}).encode()
            execution = box.invoke(Invocation(event, request_id="id-1"))
    finally:
        unpacked.remove(root)
    assert json.loads(execution.outcome.body)["statusCode"] == 204
    lines = [line for line in execution.log.splitlines() if line.startswith("{")]
    logged, orders, measured = map(json.loads, lines)
    assert (logged["sku"], logged["requestId"]) == ("a", "id-1")
    assert logged["buildId"] == names["BUILD_ID"]
    assert logged["functionArn"] == settings.function_arn
    assert orders["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Shop"
    assert (measured["ColdStart"], measured["FunctionName"]) == (1, "Shop_order")
