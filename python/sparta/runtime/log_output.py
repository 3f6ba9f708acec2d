"""Where lines of Sparta's own go: the log, by whatever this process has for it.

The native core writes them itself. Under AWS's client they take the way of its own records, which
may be frames on a file descriptor; everywhere else it is standard output.
"""

from __future__ import annotations

import sys

from sparta.env import AWS_LAMBDA_LOG_FORMAT, variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FRAME_TYPES = {"TEXT": 0xA55A0003, "JSON": 0xA55A0002}
_LOWEST_LEVEL = 10


def core_that_serves() -> Any:  # noqa: ANN401 - the module `_sparta`
    """Return the native core if it serves this process's function, else None."""
    core = sys.modules.get("_sparta")
    return core if core is not None and core.invocation() is not None else None


def write_line(line: str, level: int = 0) -> None:
    """Write a line, with its end.

    Args:
        line: The text.
        level: As `logging` counts: 10 is DEBUG, 50 CRITICAL; 0 is none in particular.
    """
    text = line.encode("utf-8", "backslashreplace").decode()
    sink = _sink_of_aws()
    if sink is None:
        sys.stdout.write(text)
        return
    is_json = (variable(AWS_LAMBDA_LOG_FORMAT) or "").upper() == "JSON"
    number = _FRAME_TYPES["JSON" if is_json else "TEXT"]
    if level >= _LOWEST_LEVEL:
        number += 4 * (level // 10 + 1)
    sink.log(text, frame_type=number.to_bytes(4, "big"))


def _sink_of_aws() -> Any:  # noqa: ANN401 - of AWS's client
    logging = sys.modules.get("logging")
    handlers = logging.getLogger().handlers if logging is not None else ()
    found = (getattr(handler, "log_sink", None) for handler in handlers)
    return next((sink for sink in found if sink is not None), None)
