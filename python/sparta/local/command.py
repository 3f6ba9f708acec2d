"""The command line of a function's process: AWS's bootstrap, or the function's exec wrapper.

A wrapper is called with the interpreter and the bootstrap as its arguments and may run them, or
not. Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.local.managed_runtime import ManagedRuntime

_SHEBANG = re.compile(rb"#!\s*/var/lang/bin/python([\d.]*)(?:[ \t]+(\S+))?[ \t]*\r?\n")
_LONGEST_SHEBANG = 256


def command(environment: Mapping[str, str], runtime: ManagedRuntime) -> list[str]:
    """Return the arguments to start, the program first.

    Where Lambda could not start the wrapper, the command says so and exits as Lambda's does.

    Args:
        environment: The process's; AWS_LAMBDA_EXEC_WRAPPER, if any, is a path on this machine.
        runtime: The function's.
    """
    bootstrap = [str(runtime.interpreter), str(runtime.bootstrap)]
    wrapper = environment.get("AWS_LAMBDA_EXEC_WRAPPER", "")
    if not wrapper:
        return bootstrap
    path = Path(wrapper)
    if not path.is_file():
        return _failing(127, f"{wrapper}: does not exist")
    if not os.access(path, os.X_OK):
        return _failing(126, f"{wrapper}: is not an executable")
    return [*_interpreted(path, runtime), *bootstrap]


def _interpreted(wrapper: Path, runtime: ManagedRuntime) -> list[str]:
    """Return how to run the wrapper itself: `/var/lang` does not exist on this machine."""
    with wrapper.open("rb") as file:
        shebang = _SHEBANG.match(file.readline(_LONGEST_SHEBANG))
    if not shebang:
        return [str(wrapper)]
    minor = shebang[1].decode()
    if minor not in {runtime.minor, "3", ""}:
        text = f"/var/lang/bin/python{minor}: bad interpreter: the runtime is python{runtime.minor}"
        return _failing(126, f"{wrapper}: {text}")
    flags = [shebang[2].decode()] if shebang[2] else []
    # -B, because /var/task is read-only on Lambda: no bytecode is ever written there.
    return [str(runtime.interpreter), *flags, "-B", str(wrapper)]


def _failing(status: int, text: str) -> list[str]:
    return ["/bin/sh", "-c", 'printf "%s\\n" "$1" >&2; exit "$2"', "sh", text, str(status)]
