"""Asks docker's engine for something and gives what it printed."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package.build_log import secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN_CHARACTERS = 4_000


def docker(words: list[str], variables: Mapping[str, str] | None = None, given: str = "") -> str:
    """Return what docker prints.

    Args:
        words: Its arguments.
        variables: Environment variables beside this process's.
        given: What it reads.

    Raises:
        BuildError: It failed; with what it said, secrets hidden.
    """
    answer = subprocess.run(  # noqa: S603 - our own arguments
        ["docker", *words],  # noqa: S607 - found on PATH
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(variables or {})},
    )
    if answer.returncode != 0:
        hidden = secrets()
        said = f"{answer.stdout}\n{answer.stderr}".strip()[-SHOWN_CHARACTERS:]
        said = hidden.sub("***", said) if hidden else said
        raise BuildError(f"`docker {words[0]}` failed", fix=f"docker says:\n{said}")
    return answer.stdout.strip()
