"""Logical ids: derived from what a thing is called, never from what it contains.

An edit therefore updates a resource in place, and the same name always gives the same id.
"""

from __future__ import annotations

import hashlib
import re

from sparta.app.names import sanitised

_NOT_ALPHANUMERIC = re.compile(r"[^A-Za-z0-9]+")


def alphanumeric(name: str) -> str:
    """Return `name` without the characters that an output's name cannot hold."""
    return _NOT_ALPHANUMERIC.sub("", name)


def logical_id(prefix: str, *parts: str) -> str:
    """Return `prefix` and a SHA-1 over prefix and parts, as one alphanumeric logical id.

    Args:
        prefix: What kind of thing it is; people read this part.
        parts: What tells it from others of its kind. They are hashed without a separator.
    """
    digest = hashlib.sha1(prefix.encode(), usedforsecurity=False)
    for part in parts:
        digest.update(part.encode())
    return _NOT_ALPHANUMERIC.sub("x", prefix + digest.hexdigest())


def function_id(name: str) -> str:
    """Return the logical id of the function of that name."""
    clean = sanitised(name)
    return logical_id(clean.replace("_", "") + "Lambda", clean)


def role_id(service: str, name: str) -> str:
    """Return the logical id of the role of one function."""
    return logical_id("IAMRole", service, sanitised(name))


def part_id(kind: str, name: str, *parts: str) -> str:
    """Return the logical id of something that belongs to one function.

    Args:
        kind: What it is, such as `LogGroup`.
        name: The function's name.
        parts: What tells it from others of its kind at the same function.
    """
    return logical_id(kind, "/".join((sanitised(name), *parts)))
