"""`sparta.logger`: log lines as JSON objects, for any handler, without importing `logging`.

A line carries its time, level and message, the invocation it belongs to, the build and the
execution environment it comes from, and whatever the caller adds.
"""

from __future__ import annotations

import sys

from sparta.env import AWS_LAMBDA_LOG_LEVEL, SPARTA_LOG_LEVEL, variable
from sparta.runtime.log_output import core_that_serves, write_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LEVELS = {"DEBUG": 10, "INFO": 20, "WARNING": 30, "ERROR": 40}
_OTHER_NAMES = {"TRACE": "DEBUG", "WARN": "WARNING", "CRITICAL": "ERROR", "FATAL": "ERROR"}
_DEFAULT_LEVEL = "INFO"
_NAMES = ("requestId", "functionArn", "buildId", "instanceId")
"""Names that are kept free in every line, known or not yet: a query finds one thing by them."""


class LogScope:
    """What every line of this process says; one instance, `scope`."""

    __slots__ = ("context", "instance", "restored")

    def __init__(self) -> None:
        self.context: Any = None
        """The context of the event that runs; the native core knows it by itself."""
        self.instance = ""
        self.restored = 0

    def instance_id(self, restored: int) -> str:
        """Return the random id of this execution environment; a snapshot's copies differ."""
        if not self.instance or restored != self.restored:
            from posix import urandom  # what `os.urandom` is

            self.instance, self.restored = urandom(8).hex(), restored
        return self.instance

    def fields(self, core: Any) -> dict[str, str]:  # noqa: ANN401 - the module `_sparta`
        """Return request id, function ARN, build id and instance id; empty ones are left out."""
        if core is None:
            restored = 0
            request_id = getattr(self.context, "aws_request_id", None)
            function_arn = getattr(self.context, "invoked_function_arn", None)
        else:
            request_id, function_arn, restored = core.invocation()
        found = {
            "requestId": request_id,
            "functionArn": function_arn,
            "buildId": build_id(),
            "instanceId": self.instance_id(restored),
        }
        return {name: str(text) for name, text in found.items() if text}


scope = LogScope()


def build_id() -> str:
    """Return the hash of the archive's files; empty where this is no archive."""
    return str(vars(sys.modules.get("index", sys)).get("BUILD_ID", ""))


class Logger:
    """Writes one JSON object a line.

    Lines below the level in SPARTA_LOG_LEVEL (DEBUG, INFO, WARNING, ERROR; else that of
    AWS_LAMBDA_LOG_LEVEL, else INFO) are left out.
    """

    __slots__ = ()

    def debug(self, message: object, /, **fields: object) -> None:
        """Write a line of the level DEBUG.

        Args:
            message: Its text; a dict or list stays an object.
            fields: Added to it; an object that has no JSON form is written as its `str`. A field
                that JSON cannot hold is written as its `repr` instead: one with NaN, a circle or a
                tuple as key in it. One with the name of a field that the line has anyway, such as
                `level`, is written as `level_`.
        """
        _write("DEBUG", message, fields)

    def info(self, message: object, /, **fields: object) -> None:
        """Write a line of the level INFO; as `debug`."""
        _write("INFO", message, fields)

    def warning(self, message: object, /, **fields: object) -> None:
        """Write a line of the level WARNING; as `debug`."""
        _write("WARNING", message, fields)

    def error(self, message: object, /, **fields: object) -> None:
        """Write a line of the level ERROR; as `debug`."""
        _write("ERROR", message, fields)

    def exception(self, message: object, /, **fields: object) -> None:
        """Write a line of the level ERROR, with type, text and stack of the current exception."""
        _write("ERROR", message, fields, _exception_fields())


logger = Logger()


def _write(
    level: str,
    message: object,
    fields: dict[str, object],
    of_exception: dict[str, object] | None = None,
) -> None:
    number = _LEVELS[level]
    if number < _level_asked_for():
        return
    core = core_that_serves()
    line: dict[str, object] = {"timestamp": _timestamp(), "level": level, "message": message}
    line.update(scope.fields(core))
    line.update(of_exception or {})
    for name, value in fields.items():
        # What the line has anyway stays what it is, and nothing that was said is lost.
        free = name
        while free in line or free in _NAMES:
            free += "_"
        line[free] = value
    try:
        _emit(core, line, number)
    except Exception:  # noqa: BLE001 - code of the values ran, and a log line must not stop theirs
        from sparta.runtime.log_text import writable

        _emit(core, {name: writable(value) for name, value in line.items()}, number)


def _emit(core: Any, line: dict[str, object], number: int) -> None:  # noqa: ANN401 - the module `_sparta`
    """Write a line; raise before anything is written if something in it cannot be."""
    if core is not None:
        core.emit_record(line, number)
        return
    import json

    write_line(json.dumps(line, ensure_ascii=False, allow_nan=False, default=str) + "\n", number)


def _level_asked_for() -> int:
    for name in (SPARTA_LOG_LEVEL, AWS_LAMBDA_LOG_LEVEL):
        asked = (variable(name) or "").upper()
        asked = _OTHER_NAMES.get(asked, asked)
        if asked in _LEVELS:
            return _LEVELS[asked]
    return _LEVELS[_DEFAULT_LEVEL]


def _timestamp() -> str:
    import time

    milliseconds = time.time_ns() // 1_000_000
    year, month, day, hour, minute, second, *_ = time.gmtime(milliseconds // 1000)
    date = f"{year}-{month:02}-{day:02}"
    return f"{date}T{hour:02}:{minute:02}:{second:02}.{milliseconds % 1000:03}Z"


def _exception_fields() -> dict[str, object]:
    kind, error, traceback = sys.exc_info()
    if kind is None:
        return {}
    from traceback import format_tb

    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - the application's own code
        from sparta.runtime.log_text import text_of

        text = text_of(error)
    return {
        "errorType": kind.__name__,
        "errorMessage": text,
        "stackTrace": format_tb(traceback),
    }
