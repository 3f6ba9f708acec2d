"""Points 1 to 10 of AWS's client: how a handler is found, called, and fails to start."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden, Seen

ECHO = "def handler(event, context):\n    return event\n"
XRAY = "lambda-runtime-function-xray-error-cause"
WARNING = b"[WARNING]\t<time>\t\tLAMBDA_WARNING: "


def same_failure(
    golden: Golden, source: str, handler: str = "app.handler", *, without: tuple[str, ...] = ()
) -> tuple[str, str]:
    """Hold that both sides fail to start alike; return type and message."""
    files = {"package/__init__.py": "", "package/inner.py": ECHO, "broken/__init__.py": "1 / 0"}
    aws, core = golden.run(source, handler=handler, files=files)
    golden.compare(aws, core, without=("stdout", *without))
    assert aws.kinds == ["init_error"]
    # INTENDED["start warning"]: everything after that one record is the same.
    (theirs, ours) = (after_warning(seen) for seen in (aws, core))
    if "body" not in without:
        assert ours == theirs
    error = json.loads(core.body)
    assert list(error) == ["errorMessage", "errorType", "requestId", "stackTrace"]
    assert error["requestId"] == ""
    return error["errorType"], error["errorMessage"]


def after_warning(seen: Seen) -> bytes:
    assert seen.stdout.startswith(WARNING)
    warning, _, rest = seen.stdout.partition(b"\n")
    assert warning.endswith(b"\r")
    return rest


def test_c01_a_handler_without_a_dot(golden: Golden) -> None:
    assert same_failure(golden, ECHO, "app") == (
        "Runtime.MalformedHandlerName",
        "Bad handler 'app': not enough values to unpack (expected 2, got 1)",
    )


def test_c01_the_last_dot_separates(golden: Golden) -> None:
    files = {"package/__init__.py": "", "package/inner.py": ECHO}
    assert golden.same("", b"[1]", handler="package.inner.handler", files=files).body == b"[1]"


def test_c02_a_built_in_module(golden: Golden) -> None:
    assert same_failure(golden, ECHO, "sys.exit")[0] == "Runtime.BuiltInModuleConflict"
    assert same_failure(golden, ECHO, "time.x.y")[0] == "Runtime.BuiltInModuleConflict"


@pytest.mark.parametrize("handler", ["folder/inner.handler", "folder.inner.handler"])
def test_c03_a_slash_is_a_dot_and_a_folder_a_namespace(golden: Golden, handler: str) -> None:
    assert golden.same("", b"3", handler=handler, files={"folder/inner.py": ECHO}).body == b"3"


@pytest.mark.parametrize(
    ("source", "handler"),
    [
        (ECHO, "absent.handler"),
        (ECHO, "app.inner.handler"),
        ("import absent", "app.handler"),
        ("from os import absent", "app.handler"),
        ("raise ImportError", "app.handler"),
        ("raise ModuleNotFoundError('e', name='x')", "app.handler"),
    ],
)
def test_c04_an_import_error(golden: Golden, source: str, handler: str) -> None:
    error_type, message = same_failure(golden, source, handler)
    assert error_type == "Runtime.ImportModuleError"
    assert message.startswith("Unable to import module '")


def test_c04_a_name_with_leading_dots(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["relative handler"]
    aws, core = golden.run(ECHO, handler="..app.handler")
    types = [seen.values[0]["errorType"] for seen in (aws, core)]
    assert types == ["TypeError", "Runtime.ImportModuleError"]


@pytest.mark.parametrize(("text", "kind"), [("é", "init_error"), ("你", "exit")])
def test_c04_text_outside_of_ascii(
    golden: Golden, intended: dict[str, str], text: str, kind: str
) -> None:
    assert intended["init utf-8"]
    aws, core = golden.run(f"raise ImportError('{text}')")
    assert (aws.kinds, core.kinds) == ([kind], ["init_error"])
    assert json.loads(core.body)["errorMessage"] == f"Unable to import module 'app': {text}"


@pytest.mark.parametrize(
    "source",
    [
        "def handler(:\n",
        "x = 1\n  y = 2\n",
        "raise SyntaxError('own')",
        "eval('1 +')",
        "# coding: nonsense\n",
        "x = '\\ud800'\nyield 1\n",
        "\tif 1:\n        x\n",
    ],
)
def test_c05_a_syntax_error(golden: Golden, source: str) -> None:
    error_type, message = same_failure(golden, source)
    assert error_type == "Runtime.UserCodeSyntaxError"
    assert message.startswith("Syntax error in module 'app': ")


@pytest.mark.parametrize("handler", ["app.absent", "app.", "package.inner"])
def test_c06_a_missing_attribute(golden: Golden, handler: str) -> None:
    assert same_failure(golden, ECHO, handler)[0] == "Runtime.HandlerNotFound"


def test_c06_an_attribute_that_raises(golden: Golden) -> None:
    source = "def __getattr__(name):\n    raise LookupError(name)\n"
    same_failure(golden, source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 / 0", ("ZeroDivisionError", "division by zero")),
        ("def f():\n    raise KeyError('e')\nf()\n", ("KeyError", "'e'")),
        ("import broken", ("ZeroDivisionError", "division by zero")),
        ("class OwnError(Exception): ...\nraise OwnError", ("OwnError", "")),
        ("def f(): f()\nf()", ("RecursionError", "maximum recursion depth exceeded")),
    ],
)
def test_c07_any_other_exception(
    golden: Golden, intended: dict[str, str], source: str, expected: tuple[str, str]
) -> None:
    assert intended["runtime frames"]
    assert same_failure(golden, source, without=("body",)) == expected
    aws, core = golden.run(source, files={"broken/__init__.py": "1 / 0"})
    (theirs, ours) = (json.loads(seen.body)["stackTrace"] for seen in (aws, core))
    assert ours
    first = next(at for at, text in enumerate(theirs) if "app.py" in text)
    depth = re.compile(r"repeated \d+ more")  # the runtime's own frames count for the limit
    assert [depth.sub("", text) for text in ours] == [
        depth.sub("", text) for text in theirs[first:]
    ]


def test_c08_what_happens_at_a_failed_start(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["start warning"]
    aws, core = golden.run("import absent")
    for seen in (aws, core):
        assert seen.status == 1
        assert after_warning(seen).startswith(b"[ERROR] Runtime.ImportModuleError: Unable to ")
        (outcome,) = seen.outcomes
        name = "lambda-runtime-function-error-type"
        assert outcome.headers[name] == "Runtime.ImportModuleError"


@pytest.mark.parametrize("raised", ["SystemExit(3)", "SystemExit", "SystemExit('why')"])
@pytest.mark.parametrize("where", ["import", "handler"])
def test_c09_an_exit_ends_the_process_and_posts_nothing(
    golden: Golden, raised: str, where: str
) -> None:
    source = f"raise {raised}\n" if where == "import" else f"def handler(*_): raise {raised}\n"
    seen = golden.same(source)
    assert seen.kinds == ["exit"]
    assert seen.stdout == b""


def test_c09_an_interrupt_ends_the_process(golden: Golden) -> None:
    aws, core = golden.run("def handler(*_): raise KeyboardInterrupt\n")
    golden.compare(aws, core, without=("stderr",))  # each traceback has its runtime's frames
    assert core.stderr.endswith(b"\nKeyboardInterrupt\n")


def test_c10_called_with_two_positions(golden: Golden) -> None:
    golden.same("def handler(*given, **named):\n    return len(given), named\n")
    golden.same("class Application:\n    def __call__(self, a, b):\n        return [a]\n"
                "handler = Application()\n", b"{}")  # fmt: skip


@pytest.mark.parametrize("callable_", ["[].append", "3", "None"])
def test_c10_what_cannot_be_called_so(
    golden: Golden, intended: dict[str, str], callable_: str
) -> None:
    assert intended["runtime frames"]
    aws, core = golden.run(f"handler = {callable_}\n")
    golden.compare(aws, core, without=("body", "stdout", XRAY))
    ((theirs,), (ours,)) = aws.values, core.values
    assert ours == theirs | {"stackTrace": []}
    assert ours["errorType"] == "TypeError"


def test_c10_a_coroutine_is_not_awaited(golden: Golden) -> None:
    source = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "async def handler(event, context):\n    return 1\n"
    )
    seen = golden.same(source)
    assert seen.values[0]["errorType"] == "Runtime.MarshalError"
