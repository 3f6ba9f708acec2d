"""The root logger's handler, which appears when an application imports `logging`."""

from __future__ import annotations

import json
import re
import struct
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.boundary.conftest import Deployment

TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
LOGS = """
import logging
logging.warning("at import")
def handler(event, context):
    logging.getLogger("orders").error("failed: %s", "è")
    logging.info("not shown")
    logging.getLogger().setLevel("INFO")
    logging.info("shown\\nsecond line")
    return [type(handler).__name__ for handler in logging.getLogger().handlers]
"""


def test_records_carry_the_request_id(deployment: Deployment) -> None:
    function = deployment.start(LOGS)
    assert function.invoke(request_id="id-1").body == b'["LambdaLoggerHandler"]'
    lines = function.log.split("\n")
    assert re.fullmatch(rf"\[WARNING\]\t{TIME}\t\tat import", lines[0])
    assert re.fullmatch(rf"\[ERROR\]\t{TIME}\tid-1\tfailed: è", lines[1])
    assert re.fullmatch(rf"\[INFO\]\t{TIME}\tid-1\tshown", lines[2])
    assert lines[3:] == ["second line", ""]
    function.invoke(request_id="id-2")
    assert "\tid-2\tfailed" in function.log


def test_basic_config_changes_nothing(one_deployment: Deployment) -> None:
    source = """
import logging
logging.basicConfig(level="DEBUG", format="%(message)s")
def handler(event, context):
    logging.debug("not shown")
    logging.warning("shown")
    return len(logging.getLogger().handlers)
"""
    function = one_deployment.start(source)
    assert function.invoke(request_id="i").body == b"1"
    assert re.fullmatch(rf"\[WARNING\]\t{TIME}\ti\tshown\n", function.log)


@pytest.mark.parametrize(
    ("asked", "level"),
    [("debug", 10), ("INFO", 20), ("TRACE", 10), ("nonsense", 30), ("", 30)],
)
def test_the_level_asked_for(one_deployment: Deployment, asked: str, level: int) -> None:
    source = "import logging\ndef handler(*_):\n    return logging.getLogger().level\n"
    function = one_deployment.start(source, AWS_LAMBDA_LOG_LEVEL=asked)
    assert json.loads(function.invoke().body) == level


def test_a_formatter_of_the_application_is_used(one_deployment: Deployment) -> None:
    source = """
import logging
for handler in logging.getLogger().handlers:
    handler.setFormatter(logging.Formatter("%(aws_request_id)s|%(tenant_id)s|%(message)s|"))
def handler(event, context):
    logging.warning("text")
"""
    function = one_deployment.start(source)
    function.invoke(request_id="i", tenant_id="blue")
    assert function.log == "i|blue|text|"


def test_import_in_the_handler_and_reload(one_deployment: Deployment) -> None:
    source = """
def handler(event, context):
    import importlib, logging
    importlib.reload(logging)
    return len(logging.getLogger().handlers)
"""
    function = one_deployment.start(source)
    assert [function.invoke().body for _ in range(2)] == [b"1", b"1"]


def test_context_log_goes_the_same_way(one_deployment: Deployment) -> None:
    source = "import logging\ndef handler(event, context):\n    context.log('text')\n"
    function = one_deployment.start(source)
    function.invoke()
    assert function.log == "text"


def test_frames_where_lambda_offers_a_descriptor(
    one_deployment: Deployment, tmp_path: Path
) -> None:
    source = """
import logging, os
def handler(event, context):
    assert "_LAMBDA_TELEMETRY_LOG_FD" not in os.environ
    print("unframed")
    logging.warning("one è\\ntwo")
    context.log("three")
    1 / 0
"""
    target = tmp_path / "frames"
    with target.open("wb") as file:
        descriptor = file.fileno()
        function = one_deployment.start(
            source, descriptors=(descriptor,), _LAMBDA_TELEMETRY_LOG_FD=str(descriptor)
        )
    assert function.invoke(request_id="i").kind == "error"
    assert function.log == "unframed\n"
    content, messages = target.read_bytes(), []
    while content:
        kind, length, microseconds = struct.unpack(">IIQ", content[:16])
        messages.append((kind, content[16 : 16 + length].decode()))
        assert 1_700_000_000_000_000 < microseconds < 10_000_000_000_000_000
        content = content[16 + length :]
    assert [kind for kind, _ in messages] == [0xA55A0003, 0xA55A0003, 0xA55A0017]
    assert re.fullmatch(rf"\[WARNING\]\t{TIME}\ti\tone è\ntwo\n", messages[0][1])
    assert messages[1][1] == "three"
    assert messages[2][1].startswith("[ERROR] ZeroDivisionError: division by zero\nTraceback")
