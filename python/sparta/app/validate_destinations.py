"""Checks where a function's events go in the end: dead letter target and destinations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.destination import service_of
from sparta.app.failure_destination import is_fifo
from sparta.app.function import Function
from sparta.cfn.resource import Resource
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAKEN = {
    "dead_letter": ("sqs", "sns"),
    "on_failure": ("sqs", "sns", "events", "lambda"),
    "on_success": ("sqs", "sns", "events", "lambda"),
}
"""The services that each option's target may be of."""
_WORDS = {"events": "an event bus", "lambda": "a Function", "sns": "a Topic", "sqs": "a Queue"}


def destination_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    """Yield the targets that Lambda cannot send to."""
    for name, services in _TAKEN.items():
        if name in function.options:
            target = function.options[name]
            allowed = ", ".join(_WORDS[service] for service in services)
            fix = f"give {allowed}, or the ARN of one"
            if _service(target) not in services:
                what = f"{name}={target!r} of {function.name!r} is not a target"
                yield Problem(what, where=function.declared_at, fix=fix)
            elif is_fifo(target):
                what = f"{name}={target!r} of {function.name!r} is a FIFO queue or topic"
                yield Problem(what, where=function.declared_at, fix="give a standard one")


def _service(target: object) -> str:
    if isinstance(target, Function):
        return "lambda"
    return service_of(target) if isinstance(target, (str, Resource)) else ""
