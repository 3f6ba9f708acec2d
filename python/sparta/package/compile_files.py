"""Compiles source files to bytecode; run as a program by the interpreter the bytecode is for.

One line of JSON on standard input for each file: [source file, name shown in tracebacks, bytecode
file]. A file that does not compile leaves a text file beside the place of its bytecode, with the
suffix `.error`.
"""

from __future__ import annotations

import _imp
import importlib.util
import json
import marshal
import os
import sys
import warnings
from types import CodeType

UNCHECKED_HASH = 1
"""PEP 552: the bytecode is told by a hash that is not compared at import."""


def bytecode(source: bytes, name: str) -> bytes:
    """Return the content of the bytecode file of `source`."""
    magic = importlib.util.MAGIC_NUMBER
    code = _compiled(source, name)
    source_hash = _imp.source_hash(int.from_bytes(magic, "little"), source)
    flags = UNCHECKED_HASH.to_bytes(4, "little")
    return magic + flags + source_hash + marshal.dumps(code)


def _compiled(source: bytes, name: str) -> CodeType:
    """Compile so that the result depends on nothing that was compiled before.

    Two equal constant sets become one object only where their strings are new to the process
    (CPython's `intern_constants`), and some versions never forget a string. So a file with a
    constant set is compiled again while the first result keeps all its strings known.
    """
    code: CodeType = compile(source, name, "exec", dont_inherit=True, optimize=0)
    if _has_set(code.co_consts):
        return compile(source, name, "exec", dont_inherit=True, optimize=0)
    return code


def _has_set(constants: tuple[object, ...]) -> bool:
    return any(
        isinstance(constant, frozenset)
        or (isinstance(constant, tuple) and _has_set(constant))
        or (isinstance(constant, CodeType) and _has_set(constant.co_consts))
        for constant in constants
    )


def compile_file(source: str, name: str, target: str) -> None:
    """Compile one file; write its bytecode, or what is wrong with it."""
    with open(source, "rb") as file:  # noqa: PTH123 - pathlib would be most of this process
        content = file.read()
    try:
        result = bytecode(content, name)
    except (SyntaxError, ValueError, RecursionError) as error:
        target, result = target + ".error", str(error).encode("utf-8", "replace")
    temporary = f"{target}.{os.getpid()}"
    with open(temporary, "wb") as file:  # noqa: PTH123 - as above
        file.write(result)
    os.replace(temporary, target)  # noqa: PTH105 - as above


def main() -> int:
    """Compile all files that standard input names, with all processors."""
    warnings.simplefilter("ignore")
    jobs = [json.loads(line) for line in sys.stdin]
    count = min(os.cpu_count() or 1, len(jobs)) if hasattr(os, "fork") else 1
    for number in range(1, count):
        if os.fork() == 0:
            _share(jobs[number::count])
    for job in jobs[::count]:
        compile_file(*job)
    statuses = [os.wait()[1] for _ in range(1, count)]
    return int(any(statuses))


def _share(jobs: list[list[str]]) -> None:
    """Compile one process's share of the files, and end that process."""
    code = 1
    try:
        for job in jobs:
            compile_file(*job)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
