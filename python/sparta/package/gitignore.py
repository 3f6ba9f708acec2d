"""Reads `.gitignore` where git itself cannot be asked (no git, or no checkout).

The rules are gitignore(5)'s: the last pattern that matches decides, `!` takes back, a slash at the
start or in the middle ties a pattern to its folder, a slash at the end means folders only, `**`
spans folders. What a left-out folder holds cannot be taken back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WILDCARDS = re.compile(r"(?P<inner>(?<=/)\*\*/)|(?P<tail>/\*\*$)|\*+|\?|\[[!^]?[^\]]+\]|\\.|.")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of one `.gitignore`."""

    folder: str
    """Where its file stands: "" or a path that ends with a slash."""
    pattern: re.Pattern[str]
    folders_only: bool
    takes_back: bool


def rules_of(file: Path, folder: str) -> tuple[Rule, ...]:
    """Return the rules of one `.gitignore`, none when there is no such file.

    Args:
        file: The `.gitignore`.
        folder: The folder it stands in, relative to the root: "" or a path ending with a slash.
    """
    if not file.is_file():
        return ()
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return tuple(rule for line in lines if (rule := _rule(line, folder)) is not None)


def ignored(path: str, rules: tuple[Rule, ...], *, is_folder: bool) -> bool:
    """Say whether the last rule that matches `path`, relative to the root, leaves it out."""
    for rule in reversed(rules):
        if rule.folders_only and not is_folder:
            continue
        if path.startswith(rule.folder) and rule.pattern.fullmatch(path[len(rule.folder) :]):
            return not rule.takes_back
    return False


def _rule(line: str, folder: str) -> Rule | None:
    text = re.sub(r"(?<!\\)\s+$", "", line)
    if not text or text.startswith("#"):
        return None
    takes_back = text.startswith("!")
    text = text[takes_back:]
    folders_only = text.endswith("/")
    text = text.rstrip("/")
    if not text:
        return None
    anywhere = "/" not in text
    expression = "".join(_translated(found) for found in WILDCARDS.finditer("/" + text.lstrip("/")))
    start = "(?:.*/)?" if anywhere else ""
    return Rule(folder, re.compile(start + expression[1:], re.DOTALL), folders_only, takes_back)


def _translated(found: re.Match[str]) -> str:
    """Return the regular expression of one piece of a pattern."""
    piece = found.group()
    if found["inner"]:
        return "(?:.*/)?"
    if found["tail"]:
        return "/.+"
    if piece.startswith("*"):
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if piece.startswith("[") and piece.endswith("]") and len(piece) > 2:  # noqa: PLR2004 - "[]"
        inner = piece[1:-1].replace("\\", "\\\\")
        return "[^" + inner[1:] + "]" if inner[0] in "!^" else f"[{inner}]"
    return re.escape(piece[-1])
