"""What Lambda hears of errors, in handlers and while a function starts."""

from __future__ import annotations

import json
import re
import traceback
from ast import literal_eval
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.boundary.conftest import Deployment

NBSP = "\u00a0"
RAISES = '''
import traceback

class OwnError(ValueError):
    """Shown without its module."""

def deeper(depth):
    if depth:
        return deeper(depth - 1)
    raise OwnError("due to è\\n" + "x")

def handler(event, context):
    try:
        deeper(event)
    except OwnError as error:
        entries = [
            (entry.filename, entry.lineno, entry.name, entry.line)
            for entry in traceback.extract_tb(error.__traceback__)
        ]
        print("EXPECTED" + repr(traceback.format_list(entries)), flush=True)
        raise
'''


def error_of(outcome: Any) -> dict[str, Any]:
    assert outcome.kind in {"error", "init_error"}, outcome
    error: dict[str, Any] = json.loads(outcome.body)
    assert list(error) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    return error


@pytest.mark.parametrize("depth", [0, 2, 3, 4, 5, 50])
def test_stack_traces_are_pythons_own(deployment: Deployment, depth: int) -> None:
    function = deployment.start(RAISES)
    error = error_of(function.invoke(str(depth).encode(), request_id="id-1"))
    assert (error["errorType"], error["errorMessage"]) == ("OwnError", "due to è\nx")
    assert error["requestId"] == "id-1"
    (expected,) = re.findall("EXPECTED(.*)", function.log)
    lines = [*error["stackTrace"]]
    # The frame of the handler stands at another line where it raises again than where it prints.
    assert repr(lines[1:]) == repr(literal_eval(expected)[1:])
    assert lines[0].endswith("in handler\n    deeper(event)\n")


def test_the_log_has_the_error_in_one_event(deployment: Deployment) -> None:
    function = deployment.start("def handler(*_):\n    raise KeyError('a')\n")
    outcome = function.invoke()
    path = function.folder / "app.py"
    assert function.log == (
        f"[ERROR] KeyError: 'a'\rTraceback (most recent call last):\r"
        f"{NBSP * 2}File \"{path}\", line 2, in handler\r{NBSP * 4}raise KeyError('a')\n"
    )
    cause = json.loads(outcome.headers["lambda-runtime-function-xray-error-cause"])
    assert cause == {
        "working_directory": str(function.folder),
        "exceptions": [
            {
                "message": "'a'",
                "type": "KeyError",
                "stack": [{"label": "handler", "path": str(path), "line": 2}],
            }
        ],
        "paths": [str(path)],
    }


def test_the_next_event_is_served_after_an_error(one_deployment: Deployment) -> None:
    function = one_deployment.start("def handler(event, _):\n    return 1 / event\n")
    assert error_of(function.invoke(b"0"))["errorType"] == "ZeroDivisionError"
    assert function.invoke(b"2").body == b"0.5"


def test_a_recursion_error_is_reported(deployment: Deployment) -> None:
    function = deployment.start(
        "def handler(event, context):\n    return handler(event, context)\n"
    )
    error = error_of(function.invoke())
    assert error["errorType"] == "RecursionError"
    assert error["stackTrace"][-1].startswith("  [Previous line repeated ")


@pytest.mark.parametrize(
    ("raised", "kind", "message"),
    [
        ("ValueError('\\ud800')", "ValueError", "\\ud800"),
        ("ValueError()", "ValueError", ""),
        ("Unreadable()", "Unreadable", "<the text of the exception cannot be read>"),
        ("ExceptionGroup('many', [ValueError('one')])", "ExceptionGroup", "many (1 sub-exception)"),
        ("MemoryError('out')", "MemoryError", "out"),
        ("StopIteration('x')", "StopIteration", "x"),
    ],
)
def test_odd_exceptions(one_deployment: Deployment, raised: str, kind: str, message: str) -> None:
    source = f"""
class Unreadable(Exception):
    def __str__(self):
        raise ValueError
def handler(*_):
    raise {raised}
"""
    error = error_of(one_deployment.start(source).invoke())
    assert (error["errorType"], error["errorMessage"]) == (kind, message)


def test_causes_are_left_out(one_deployment: Deployment) -> None:
    source = """
def handler(*_):
    try:
        raise KeyError("inner")
    except KeyError as error:
        raise ValueError("outer") from error
"""
    error = error_of(one_deployment.start(source).invoke())
    assert len(error["stackTrace"]) == 1
    assert "inner" not in json.dumps(error["stackTrace"])


def test_source_lines_that_only_python_can_read(deployment: Deployment) -> None:
    function = deployment.start("from latin import handler", files={"latin.py": ""})
    function.close()
    (function.folder / "latin.py").write_bytes(
        b"# -*- coding: latin-1 -*-\ndef handler(*_):\n    raise ValueError('\xe9')\n"
    )
    again = deployment.start("from latin import handler", files={"latin.py": ""})
    (again.folder / "latin.py").unlink()
    again.close()
    third = deployment.start(
        f"import sys\nsys.path.append({str(function.folder)!r})\nfrom latin import handler"
    )
    error = error_of(third.invoke())
    assert error["errorMessage"] == "é"
    assert error["stackTrace"][0].endswith("in handler\n    raise ValueError('é')\n")


def test_code_without_a_file(one_deployment: Deployment) -> None:
    error = error_of(one_deployment.start("exec('def handler(*_):\\n    1 / 0')").invoke())
    assert error["stackTrace"] == ['  File "<string>", line 2, in handler\n']


def test_a_large_message_is_cut(one_deployment: Deployment) -> None:
    function = one_deployment.start("def handler(*_):\n    raise ValueError('x' * 7_000_000)\n")
    assert error_of(function.invoke())["errorMessage"] == "x" * 65536


@pytest.mark.parametrize(
    ("event", "kind", "message"),
    [
        (b"", "Runtime.UnmarshalError", "Expecting value: line 1 column 1 (char 0)"),
        (
            b"{",
            "Runtime.UnmarshalError",
            "Expecting property name enclosed in double quotes or '}'",
        ),
        (b"\xff", "Runtime.UnmarshalError", "'utf-8' codec can't decode byte 0xff in position 0"),
        (b"1", "Runtime.MarshalError", "Object of type coroutine is not JSON serializable"),
    ],
)
def test_what_the_runtime_decides(
    one_deployment: Deployment, event: bytes, kind: str, message: str
) -> None:
    function = one_deployment.start(
        "import warnings\nwarnings.simplefilter('ignore')\nasync def handler(*_): ...\n"
    )
    outcome = function.invoke(event)
    error = error_of(outcome)
    assert error["errorType"] == kind
    assert message in error["errorMessage"]
    assert error["stackTrace"] == []
    cause = json.loads(outcome.headers["lambda-runtime-function-xray-error-cause"])
    assert cause["exceptions"][0]["type"] == "LambdaValidationError"


@pytest.mark.parametrize(
    ("source", "handler", "kind", "message"),
    [
        (
            "",
            "handler",
            "Runtime.MalformedHandlerName",
            "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
        ),
        (
            "",
            "time.handler",
            "Runtime.BuiltInModuleConflict",
            "Cannot use built-in module time as a handler module",
        ),
        (
            "",
            "no/such.handler",
            "Runtime.ImportModuleError",
            "Unable to import module 'no/such': No module named 'no'",
        ),
        (
            "import missing",
            "app.handler",
            "Runtime.ImportModuleError",
            "Unable to import module 'app': No module named 'missing'",
        ),
        ("x = 1", "app.h", "Runtime.HandlerNotFound", "Handler 'h' missing on module 'app'"),
        ("1 / 0", "app.handler", "ZeroDivisionError", "division by zero"),
    ],
)
def test_what_keeps_a_function_from_starting(
    deployment: Deployment, source: str, handler: str, kind: str, message: str
) -> None:
    function = deployment.start(source, handler)
    outcome = function.invoke()
    assert outcome.kind == "init_error"
    error = error_of(outcome)
    assert (error["errorType"], error["errorMessage"]) == (kind, message)
    assert error["requestId"] == ""
    assert outcome.headers["lambda-runtime-function-error-type"] == kind
    assert function.exit_status() == 1
    lines = function.log.split("\n")
    assert re.match(
        r"\[WARNING\]\t[\d-]+T[\d:.]+Z\t\tLAMBDA_WARNING: Unhandled exception", lines[0]
    )
    assert lines[1].startswith(f"[ERROR] {kind}: {message}\rTraceback (most recent call last):")


def test_the_stack_of_a_failed_import_begins_with_the_users_code(deployment: Deployment) -> None:
    function = deployment.start("import other", files={"other.py": "\n1 / 0\n"})
    stack = error_of(function.invoke())["stackTrace"]
    assert len(stack) == 2
    assert stack[0] == f'  File "{function.folder}/app.py", line 1, in <module>\n    import other\n'
    assert stack[1].endswith('other.py", line 2, in <module>\n    1 / 0\n')


def test_a_syntax_error_names_its_place(deployment: Deployment) -> None:
    function = deployment.start("def handler(:\n")
    error = error_of(function.invoke())
    assert error["errorType"] == "Runtime.UserCodeSyntaxError"
    assert error["errorMessage"].startswith("Syntax error in module 'app': ")
    path = function.folder / "app.py"
    assert error["stackTrace"] == [f'  File "{path}" Line 1\n    def handler(:\n']


def test_exit_at_import_posts_nothing(one_deployment: Deployment) -> None:
    function = one_deployment.start("raise SystemExit(4)")
    assert function.invoke().kind == "exit"
    assert function.exit_status() == 4


def test_a_handler_with_other_arguments(one_deployment: Deployment) -> None:
    error = error_of(one_deployment.start("def handler(event): ...").invoke())
    assert error["errorType"] == "TypeError"
    assert "takes 1 positional argument but 2 were given" in error["errorMessage"]


def test_this_python_formats_as_the_functions_do() -> None:
    # The expectation above is made inside the function; this one keeps it honest.
    assert traceback.format_list([("a.py", 1, "f", "x")]) == [
        '  File "a.py", line 1, in f\n    x\n'
    ]
