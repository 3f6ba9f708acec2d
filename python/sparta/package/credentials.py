"""Refuses to package credentials: files made to hold them, and text that has their shape.

An archive is readable by everybody who may read the function or the bucket. Only the application's
own files are looked at; what is found is never shown.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sparta.package.packaged import PackagedFile

FILES = (
    ".env",
    ".env.*",
    "*.env",
    "*.jks",
    "*.keystore",
    "*.p12",
    "*.pfx",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_rsa",
)
"""Names of files that are made to hold credentials."""
EXAMPLES = (".env.dist", ".env.example", ".env.sample", ".env.template", "example.env")
MARK = b"sparta: allow-secret"
"""In a comment on the same line: this is none."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one kind of credential looks.

    Args:
        name: What it is.
        parts: Text of which one piece stands in every such credential. Looking for it first is
            twenty times faster than the pattern alone.
        pattern: What it has to look like.
    """

    name: str
    parts: tuple[bytes, ...]
    pattern: re.Pattern[bytes]


def _shape(name: str, parts: bytes, pattern: bytes) -> _Shape:
    return _Shape(name, tuple(parts.split()), re.compile(pattern))


SHAPES = (
    _shape("an AWS access key", b"AKIA ASIA", rb"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b(?<!EXAMPLE)"),
    _shape(
        "an AWS secret key",
        b"secret Secret SECRET",
        rb"(?i:aws_?secret_?(?:access_?)?key)\W{1,6}[A-Za-z0-9/+]{40}\b(?<!EXAMPLEKEY)",
    ),
    # The header alone is what code compares with; a key goes on after it.
    _shape(
        "a private key",
        b"KEY----- BLOCK-----",
        rb"-----BEGIN (?:[A-Z]{2,9} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
        rb"(?:\\n|[\s\"'+]|\w+-\w+: [^\n]*\n){0,12}[A-Za-z0-9+/]{24}",
    ),
    _shape("a GitHub token", b"ghp_ gho_ ghu_ ghs_ ghr_", rb"\bgh[pousr]_[A-Za-z0-9]{36}"),
    _shape("a GitHub token", b"github_pat_", rb"\bgithub_pat_[A-Za-z0-9_]{60}"),
    _shape("a GitLab token", b"glpat-", rb"\bglpat-[A-Za-z0-9_-]{20}"),
    _shape("a Slack token", b"xox", rb"\bxox[abeoprs]-[A-Za-z0-9-]{20}"),
    _shape(
        "a Slack webhook",
        b"hooks.slack.com",
        rb"\bhooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20}",
    ),
    _shape("a Stripe key", b"k_live_", rb"\b[rs]k_live_[A-Za-z0-9]{20}"),
    _shape("a Google API key", b"AIza", rb"\bAIza[A-Za-z0-9_-]{35}\b"),
    _shape("an npm token", b"npm_", rb"\bnpm_[A-Za-z0-9]{36}\b"),
    _shape("a PyPI token", b"pypi-", rb"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50}"),
    _shape("a SendGrid key", b"SG.", rb"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b"),
    _shape(
        "an API key of a language model",
        b"sk-ant- sk-proj-",
        rb"\bsk-(?:ant|proj)-[A-Za-z0-9_-]{32}",
    ),
)
_BINARY_LOOK_BYTES = 8192
_FIX = (
    "keep it in Secrets Manager or Parameter Store and let the function read it; if it is none, "
    "end the line with the comment `sparta: allow-secret`, or name the file in "
    "[tool.sparta] allow-secrets"
)
_FILE_FIX = (
    "list it in .gitignore, which keeps it out, and give values by environment= or a secret; if "
    "it holds none, name it in [tool.sparta] allow-secrets"
)


def file_problems(root: Path, paths: Iterable[str], allowed: Iterable[str] = ()) -> list[Problem]:
    """Return a problem for each file that is made to hold credentials.

    Args:
        root: The archive's root.
        paths: The files that `.gitignore` lets through, relative to it.
        allowed: Patterns of paths that may.
    """
    return [
        Problem("this file is made to hold credentials", where=str(root / path), fix=_FILE_FIX)
        for path in paths
        if _holds_credentials(path.rpartition("/")[2]) and not _allowed(path, allowed)
    ]


def problems(files: Iterable[PackagedFile], allowed: Iterable[str] = ()) -> list[Problem]:
    """Return a problem for each place that has the shape of a credential.

    Args:
        files: The application's own.
        allowed: Patterns of paths that may.
    """
    patterns = tuple(allowed)
    return [
        problem for file in files if not _allowed(file.path, patterns) for problem in _in_file(file)
    ]


def _in_file(file: PackagedFile) -> Iterator[Problem]:
    content = file.read()
    if b"\0" in content[:_BINARY_LOOK_BYTES]:
        return
    for shape in SHAPES:
        if not any(part in content for part in shape.parts):
            continue
        for found in shape.pattern.finditer(content):
            start = content.rfind(b"\n", 0, found.start()) + 1
            end = content.find(b"\n", found.start())
            if MARK in content[start : end if end >= 0 else len(content)]:
                continue
            line = content.count(b"\n", 0, start) + 1
            place = f"{file.source or file.path}:{line}"
            yield Problem(f"this looks like {shape.name}", where=place, fix=_FIX)


def _holds_credentials(name: str) -> bool:
    return name not in EXAMPLES and any(fnmatch.fnmatchcase(name, one) for one in FILES)


def _allowed(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)
