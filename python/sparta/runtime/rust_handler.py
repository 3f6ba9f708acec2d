"""`RustHandler`: stands for a function of the application's crate where Python has to hold it.

The native core never calls it: it knows from the environment that the function is in Rust. Python
does only where AWS's own client serves a native function: after the exec wrapper was removed, or
behind somebody else's.
"""

from __future__ import annotations

from sparta.errors import SpartaError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class RustHandler:
    """One exported function of a crate.

    Args:
        name: Its name in Rust.
        crate: The crate's folder, as the application says it.
        crate_declared_at: The user's file and line that says it.
    """

    __slots__ = ("__name__", "crate", "crate_declared_at")

    def __init__(self, name: str, crate: str, crate_declared_at: str) -> None:
        self.__name__ = name
        self.crate = crate
        self.crate_declared_at = crate_declared_at

    def __call__(self, event: Any, context: Any = None) -> Any:  # noqa: ANN401 - any JSON
        """Call the function, by the library of the archive.

        Raises:
            SpartaError: There is no such library: this is not Lambda, nor a local one.
        """
        try:
            import _sparta  # type: ignore[import-not-found, unused-ignore]
        except ImportError:
            raise SpartaError(
                f"the Rust function {self.__name__!r} runs in its archive only",
                fix="test it with cargo test, or provision with --local and invoke it there",
            ) from None
        answered, body = _sparta.call_rust(
            self.__name__,
            _sparta.dumps(event),
            getattr(context, "aws_request_id", ""),
            getattr(context, "invoked_function_arn", None),
            int(getattr(context, "_epoch_deadline_time_in_ms", 0) or 0),
        )
        found = _sparta.loads(body)
        if answered:
            return found
        raise _fault_class(found["errorType"])(found["errorMessage"])

    def __repr__(self) -> str:
        return f"<RustHandler {self.__name__}>"


def _fault_class(error_type: str) -> type[Exception]:
    """Return the class whose name Lambda is told; its stack, in Python, would say nothing."""
    return type(error_type, (Exception,), {"__sparta_stack__": False})
