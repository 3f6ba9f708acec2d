"""Every environment variable that Sparta reads or sets: its name, who sets it, what it means."""

from __future__ import annotations

import sys

SPARTA_DISCOVERY_INFO = "SPARTA_DISCOVERY_INFO"
"""Set by the template on each function: JSON of the resources it declared and their attributes."""

SPARTA_DISCOVERY_PARAMETERS = "SPARTA_DISCOVERY_PARAMETERS"
"""Set by the template where they would not fit into the environment: the names of the parameters of
SSM that hold those resources, separated by commas."""

SPARTA_RUST_FUNCTION = "SPARTA_RUST_FUNCTION"
"""Set by the template on each function in Rust: its name there, by which the core finds it."""

AWS_LAMBDA_EXEC_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"
"""The program Lambda starts in place of its own client: set by the template on native functions of
the door `bootstrap`, by the author for others."""

AWS_LAMBDA_RUNTIME_API = "AWS_LAMBDA_RUNTIME_API"
"""Set by Lambda: host and port of the Runtime API. Its presence means: this is Lambda."""

AWS_LAMBDA_FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME"
"""Set by Lambda: the function's physical name."""

LAMBDA_TASK_ROOT = "LAMBDA_TASK_ROOT"
"""Set by Lambda: the folder the archive is unpacked in, /var/task."""

AWS_LAMBDA_LOG_FORMAT = "AWS_LAMBDA_LOG_FORMAT"
"""Set by Lambda: JSON or Text."""

AWS_LAMBDA_LOG_LEVEL = "AWS_LAMBDA_LOG_LEVEL"
"""Set by Lambda: the lowest level of records that are logged."""

SPARTA_LOG_LEVEL = "SPARTA_LOG_LEVEL"
"""Set by the user: the lowest level of the lines of `sparta.logger`."""

EXEC_WRAPPER_PATH = "/var/task/bootstrap"
"""The value of AWS_LAMBDA_EXEC_WRAPPER: where the archive's own wrapper stands."""


def variable(name: str) -> str | None:
    """Return an environment variable, without importing `os` (1.5 ms of a cold start)."""
    if "os" not in sys.modules:
        try:
            from posix import environ
        except ImportError:  # not a POSIX system: no Lambda either
            pass
        else:
            value = environ.get(name.encode())
            return None if value is None else value.decode("utf-8", "surrogateescape")
    import os

    return os.environ.get(name)
