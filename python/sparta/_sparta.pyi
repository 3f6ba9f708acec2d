"""The native core of Sparta: a library for any CPython from 3.11 on, written in Rust.

In an archive it is the top-level module `_sparta`; in the working tree `sparta._sparta`. A panic of
the library raises `pyo3_runtime.PanicException`, a BaseException; it never ends the process.
"""

from collections.abc import Sequence
from typing import Any, NoReturn

__all__ = [
    "__version__",
    "call_rust",
    "check_start",
    "decode",
    "dumps",
    "emit_metric",
    "emit_record",
    "invocation",
    "loads",
    "run",
    "take_over",
]

__version__: str

def check_start() -> None:
    """Raise where AWS's client has to serve in place of `run`, by what Lambda's environment says.

    Raises:
        RuntimeError: Several events may come at a time.
    """

def loads(text: str | bytes, /) -> Any:
    """Decode JSON as AWS's Python client does.

    Integers are exact, `NaN` and `Infinity` are refused, of keys that come twice the last counts,
    lone surrogates in escapes are kept, a byte order mark is skipped.

    Args:
        text: The JSON text; bytes are UTF-8.

    Raises:
        ValueError: It is not JSON, with the place and the words of AWS's client; or it is not
            UTF-8; or an integer has more digits than Python is set to read.
        RecursionError: Arrays and objects stand in each other more than 5,000 deep.
        TypeError: `text` is neither str nor bytes.
    """

def dumps(value: object, /) -> bytes:
    """Encode a value as JSON in UTF-8, as AWS's Python client does on Python 3.12 and later.

    Separators are `", "` and `": "`, members keep their order, characters outside of ASCII stand
    for themselves, NaN and infinities are written as `NaN` and `Infinity`. Besides JSON's own types
    and their subclasses: tuples (arrays), bytes (their text), decimals (their digits, unquoted),
    and anything with an `_asdict` method (objects).

    Raises:
        TypeError: Something in it has no JSON form, or a key is none that JSON can have.
        ValueError: It contains itself, or text with lone surrogates, or bytes that are no UTF-8.
        RecursionError: It is more than 5,000 deep.
    """

def call_rust(
    name: str,
    event: bytes,
    request_id: str,
    function_arn: str | None,
    deadline_ms: int,
    /,
) -> tuple[bool, bytes]:
    """Call a function in Rust, of the crate that this library was built with.

    Returns:
        Whether it answered, and the JSON of its result; else the document that Lambda gets.
    """

def decode(schema: tuple[Any, ...], value: object, path: str, /) -> Any:
    """Return decoded JSON as a schema wants it; `sparta.runtime.decode.decode` in Rust.

    Args:
        schema: See `sparta.runtime.schema`.
        value: Decoded JSON.
        path: What problems call the value, such as `body`.

    Raises:
        sparta.errors.EventError: It does not fit; all problems at once, each with its place.
        ValueError: `schema` is none.
    """

def emit_metric(
    namespace: str, name: str, unit: str, value: float, dimensions: dict[str, str], /
) -> bool:
    """Write a metric as `sparta.metric` does, whose checks it takes for made.

    Returns:
        Whether it was written: only while this module serves a function.
    """

def emit_record(fields: dict[str, object], level: int, /) -> bool:
    """Write a log line as `sparta.logger` does.

    Args:
        fields: What is in it; an object without a JSON form is written as its `str`.
        level: As `logging` counts: 10 is DEBUG, 50 CRITICAL.

    Returns:
        Whether it was written: only while this module serves a function.

    Raises:
        ValueError: A number in it is NaN or infinite, or too long, or it holds itself.
        TypeError: A key in it is none that JSON can have.
        RecursionError: It is too deep.
        Exception: What the `__str__` of a value raised. Nothing is written then, nor above.
    """

def invocation() -> tuple[str, str, int] | None:
    """Return request id and function ARN of the event that runs, both empty before the first one.

    The third is how often this process was restored from a snapshot. None where this module does
    not serve a function.
    """

def run(argv: Sequence[str], /) -> NoReturn:
    """Serve the function that Lambda's environment variables describe, until the process ends.

    The GIL is released while there is no event, so that other threads of the function run; signal
    handlers run between events. What keeps the function from starting is reported to Lambda.

    Args:
        argv: The command line that AWS's own bootstrap would have run; `sys.argv` is made of it.

    Raises:
        SystemExit: 1 after a failed start; whatever a handler raises.
        RuntimeError: Lambda's Runtime API cannot be reached, or refuses.
    """

def take_over(module: str, /) -> str | None:
    """Serve the function in place of AWS's client, which is importing the handler's module.

    The log, standard output and the search path stay as AWS's client has set them up. Returns where
    AWS's client has to serve: `_HANDLER` names another module than `module`, several events may
    come at a time, or the started process becomes a snapshot. Otherwise it ends by raising.

    Args:
        module: The name of the module that is being imported; `index` has the functions.

    Returns:
        Why AWS's client has to serve; None where this is not Lambda.

    Raises:
        SystemExit: 1 after a failed start, or where the Runtime API cannot be used any longer;
            whatever a handler raises.
    """
