"""Points 42 to 44, 52 and 53 of AWS's client: text logging, and the standard streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.local.invocation import Invocation

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden

LOGGING = """
import logging, sys
LOG = logging.getLogger("own")
def handler(event, context):
    return eval(event)
"""


def same_log(golden: Golden, prelude: str, *statements: str, **values: str) -> str:
    """Hold that both sides write the same; return what they wrote to standard output."""
    lines = "".join(f"    {statement}\n" for statement in statements)
    source = f"{prelude}\nimport logging, sys\ndef handler(event, context):\n{lines}"
    tenant = values.pop("tenant_id", None)
    seen = golden.same(source, Invocation(b"1", tenant_id=tenant), b"2", **values)
    assert seen.kinds == ["response"] * 2
    return seen.stdout.decode()


def test_c42_one_handler_on_the_root_logger(golden: Golden) -> None:
    source = """
import logging
AT_IMPORT = len(logging.root.handlers), logging.root.level, type(logging.root.handlers[0]).__name__
logging.basicConfig(level="DEBUG", format="never %(message)s")
def handler(event, context):
    logging.info("not seen")
    logging.warning("seen")
    logging.getLogger().setLevel("INFO")
    logging.info("seen now")
    logging.basicConfig(force=True, format="%(message)s!", stream=__import__("sys").stdout)
    logging.error("by the own handler")
    return AT_IMPORT, len(logging.root.handlers), len(logging.root.handlers[0].filters)
"""
    seen = golden.same(source, b"1", b"2")
    assert seen.stdout.count(b"seen now") == 2


def test_c43_the_text_format(golden: Golden) -> None:
    text = same_log(
        golden, "", "logging.warning('é %s %d', 'a', 1)", "logging.error('two\\nlines')",
        "logging.getLogger('a.b').critical('')", "logging.log(35, 'between')",
        "logging.getLogger().warning({'a': 1})",
    )  # fmt: skip
    assert text.startswith("[WARNING]\t<time>\trequest-0\té a 1\n[ERROR]\t<time>\trequest-0\ttwo")


def test_c43_exceptions_and_stacks(golden: Golden) -> None:
    text = same_log(
        golden,
        "def fail():\n    try:\n        1 / 0\n    except ZeroDivisionError:\n"
        "        logging.exception('why')\n",
        "fail()",
    )
    assert "ZeroDivisionError: division by zero" in text


def test_c43_times_are_utc_for_every_formatter(golden: Golden) -> None:
    own = (
        "import logging, sys, time\nlogging.Formatter.default_time_format = '%H'\n"
        "STREAM = logging.StreamHandler(sys.stdout)\n"
        "STREAM.setFormatter(logging.Formatter('%(asctime)s %(message)s', '%z %Z %H'))\n"
        "logging.getLogger('own').addHandler(STREAM)\n"
    )
    same_log(golden, own, "logging.getLogger('own').warning('x')", "return time.tzname", TZ="EST5")
    same_log(golden, "", "return logging.Formatter.converter.__name__")


def test_c43_what_the_application_logs_while_it_starts(golden: Golden) -> None:
    prelude = "import logging\nlogging.getLogger(__name__).warning('started')"
    assert same_log(golden, prelude, "pass").startswith("[WARNING]\t<time>\t\tstarted\n")


def test_c44_the_filter_completes_records(golden: Golden) -> None:
    own = (
        "import logging, sys\n"
        "logging.root.handlers[0].setFormatter(logging.Formatter("
        "'%(aws_request_id)s %(tenant_id)s %(message)s\\n'))\n"
        "OTHER = logging.StreamHandler(sys.stdout)\n"
        "OTHER.emit = lambda r: print(hasattr(r, 'tenant_id'))\n"
        "logging.getLogger('own').addHandler(OTHER)\n"
    )
    statement = "logging.getLogger('own').warning('x')"
    assert same_log(golden, own, statement, tenant_id="t").startswith("False\nrequest-0 t x\n")
    same_log(golden, "", "return [str(f) != '' for f in logging.root.handlers[0].filters]")


def test_c44_a_thread_of_its_own_logs_too(golden: Golden) -> None:
    prelude = "import threading, logging\n"
    text = same_log(
        golden, prelude, "target = logging.warning",
        "thread = threading.Thread(target=target, args=['from a thread'])",
        "thread.start(); thread.join()",
    )  # fmt: skip
    assert text.count("from a thread") == 2
    assert "request-1" in text


def test_c52_print(golden: Golden) -> None:
    text = same_log(
        golden, "", "print('é', 1, sep='-')", "print('no end', end='')", "sys.stdout.write('x\\n')",
        "sys.stdout.writelines(['a', 'b\\n'])", "sys.stdout.buffer.write(b'\\xff'[:0] + b'raw\\n')",
        "sys.stdout.flush()", "print()", "print('a\\r\\nb')", "sys.stdout.reconfigure() or 0",
    )  # fmt: skip
    assert text.startswith("é-1\nno endx\nab\nraw\n")


def test_c52_standard_output_is_still_a_stream(golden: Golden) -> None:
    same_log(
        golden, "", "found = [sys.stdout.isatty(), sys.stdout.fileno(), sys.stdout.encoding]",
        "found += [sys.stdout.errors, sys.stdout.newlines, sys.stdout.readable(), sys.stdout.name]",
        "return found + [hasattr(sys.stdout, n) for n in ('buffer', 'flush', 'close', 'detach')]",
    )  # fmt: skip


def test_c52_what_is_written_without_a_line_end_is_not_lost(golden: Golden) -> None:
    source = (
        "import os, sys\ndef handler(*_):\n    print('a', end='')\n"
        "    sys.stderr.write('b')\n    os._exit(5)\n"
    )
    seen = golden.same(source)
    assert (seen.stdout, seen.stderr, seen.status) == (b"a", b"b", 5)


def test_c52_redirected(golden: Golden) -> None:
    text = same_log(
        golden, "import contextlib, io\n", "out = io.StringIO()",
        "with contextlib.redirect_stdout(out): print('caught'); logging.warning('too')",
        "return out.getvalue().split('\\t')[0]",
    )  # fmt: skip
    assert "caught" not in text


def test_c53_warnings_go_to_standard_error(golden: Golden) -> None:
    source = (
        "import warnings\ndef handler(*_):\n    warnings.warn('é')\n"
        "    warnings.warn('old', DeprecationWarning)\n"
    )
    seen = golden.same(source, b"1", b"2")
    assert seen.stderr.count(b"UserWarning: \xc3\xa9") == 1


def test_c53_standard_output_is_utf8(golden: Golden) -> None:
    for language in ("C", "C.UTF-8", "POSIX"):
        source = "import sys\ndef handler(*_):\n    print('é😀')\n    sys.stderr.write('é')\n"
        assert golden.same(source, LANG=language, LC_ALL=language).stdout == "é😀\n".encode()


def test_c53_a_thread_that_dies_says_so(golden: Golden) -> None:
    source = (
        "import threading\ndef handler(*_):\n"
        "    thread = threading.Thread(target=lambda: 1 / 0, name='worker')\n"
        "    thread.start(); thread.join()\n"
    )
    assert b"ZeroDivisionError" in golden.same(source).stderr
