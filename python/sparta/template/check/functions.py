"""Rules on Lambda functions: names, sizes, times.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from sparta.app.limits import MEMORY_MB, TIMEOUT_S
from sparta.template.check.subject import IAM_ROLE, LAMBDA_FUNCTION, Subject
from sparta.template.discovery import MAX_ENVIRONMENT_BYTES
from sparta.template.function_name import MAX_FUNCTION_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.errors import Problem

MAX_ROLE_NAME = 64
MAX_HANDLER = 128
_ESTIMATED_BYTES = 80
"""What a name, ARN or URL that is not known yet is taken to be."""
_PSEUDO_BYTES = {"AWS::Region": 14, "AWS::AccountId": 12, "AWS::Partition": 10}
_PLACEHOLDER = re.compile(r"\$\{([^!{}][^{}]*)\}")


def memory_out_of_range(subject: Subject) -> Iterator[Problem]:
    """A function has 128 to 10,240 MB."""
    yield from _out_of_range(subject, "MemorySize", MEMORY_MB, "memory_mb")


def timeout_out_of_range(subject: Subject) -> Iterator[Problem]:
    """A function has 1 to 900 s."""
    yield from _out_of_range(subject, "Timeout", TIMEOUT_S, "timeout_s")


def duplicate_function_names(subject: Subject) -> Iterator[Problem]:
    """No two functions have one physical name: the second would not be created, or take over."""
    owners: dict[bytes, str] = {}
    for logical_id, properties in subject.of_type(LAMBDA_FUNCTION):
        name = properties.get("FunctionName")
        if name is None:
            continue
        other = owners.setdefault(orjson.dumps(name, option=orjson.OPT_SORT_KEYS), logical_id)
        if other != logical_id:
            yield subject.problem(
                logical_id,
                f"has the same physical name as {other}: {_shown(name)}",
                "give one of the two functions another name",
            )


def long_names(subject: Subject) -> Iterator[Problem]:
    """Names of functions and roles have at most 64 characters with the stack's, handlers 128."""
    for kind, name, limit in (
        (LAMBDA_FUNCTION, "FunctionName", MAX_FUNCTION_NAME),
        (LAMBDA_FUNCTION, "Handler", MAX_HANDLER),
        (IAM_ROLE, "RoleName", MAX_ROLE_NAME),
    ):
        for logical_id, properties in subject.of_type(kind):
            text = _with_service(properties.get(name), subject.template.service)
            if text is not None and len(text) > limit:
                yield subject.problem(
                    logical_id,
                    f"{name} would be {text!r}, {len(text)} characters of {limit}",
                    "use a shorter name",
                )


def large_environments(subject: Subject) -> Iterator[Problem]:
    """All environment variables of a function together have at most 4 KB."""
    service = subject.template.service
    for logical_id, properties in subject.of_type(LAMBDA_FUNCTION):
        variables = properties.get("Environment", {}).get("Variables", {})
        sizes = {
            name: len(name.encode()) + _estimated_bytes(value, service)
            for name, value in variables.items()
        }
        size_bytes = sum(sizes.values())
        if size_bytes > MAX_ENVIRONMENT_BYTES:
            largest = max(sorted(sizes), key=lambda name: sizes[name])
            yield subject.problem(
                logical_id,
                f"its environment will have about {size_bytes:,} of {MAX_ENVIRONMENT_BYTES:,} "
                f"bytes; the largest variable is {largest} with about {sizes[largest]:,}",
                "set fewer variables, or use fewer resources in one function",
            )


def _out_of_range(subject: Subject, name: str, allowed: range, option: str) -> Iterator[Problem]:
    for logical_id, properties in subject.of_type(LAMBDA_FUNCTION):
        value = properties.get(name)
        if isinstance(value, int) and value not in allowed:
            yield subject.problem(
                logical_id,
                f"{name} is {value:,}",
                f"use {option} from {allowed.start:,} to {allowed.stop - 1:,}",
            )


def _with_service(value: Any, service: str) -> str | None:  # noqa: ANN401 - any JSON
    """Return a name with the stack's name in it, if nothing else in it is still open."""
    text = value.get("Fn::Sub") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return None
    text = text.replace("${AWS::StackName}", service)
    return None if _PLACEHOLDER.search(text) else text


def _estimated_bytes(value: Any, service: str) -> int:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        text = value.get("Fn::Sub")
        if isinstance(text, list):
            text = text[0]
        if text is None:
            return _ESTIMATED_BYTES
        open_bytes = sum(
            len(service.encode()) if name == "AWS::StackName" else _bytes_of(name)
            for name in _PLACEHOLDER.findall(text)
        )
        return len(_PLACEHOLDER.sub("", text).encode()) + open_bytes
    return len(str(value).encode())


def _bytes_of(name: str) -> int:
    return _PSEUDO_BYTES.get(name, _ESTIMATED_BYTES)


def _shown(name: Any) -> str:  # noqa: ANN401 - any JSON
    return str(name.get("Fn::Sub", name)) if isinstance(name, dict) else str(name)
