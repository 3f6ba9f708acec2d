"""The runtime's own metrics under AWS's client, as far as it lets them be seen."""

from __future__ import annotations

from sparta.env import AWS_LAMBDA_FUNCTION_NAME, variable
from sparta.runtime.log_output import write_line
from sparta.runtime.metric import default_namespace, line_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def measured(work: Callable[..., object]) -> Callable[..., object]:
    """Return `work`, which writes after each event whether it was the first, and how long it took.

    Decoding a typed event and making an HTTP response are part of that; JSON, which AWS's client
    reads and writes, is not.
    """
    import time

    seen: list[bool] = []

    def measured_work(*arguments: Any) -> object:  # noqa: ANN401 - those of `work`
        started_ns = time.perf_counter_ns()
        try:
            return work(*arguments)
        finally:
            duration_us = (time.perf_counter_ns() - started_ns) // 1000
            metrics = (
                ("ColdStart", "Count", int(not seen)),
                ("HandlerDuration", "Microseconds", duration_us),
            )
            seen[:] = [True]
            name = variable(AWS_LAMBDA_FUNCTION_NAME) or ""
            write_line(line_of(default_namespace(), {"FunctionName": name}, metrics))

    return measured_work
