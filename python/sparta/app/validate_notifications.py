"""Checks what buckets are to send: names of existing buckets, filters that S3 refuses together."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sparta.aws.bucket import ObjectCreated
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.function import Function
    from sparta.aws.bucket import Bucket

_WAYS = ("eventbridge", "notification")
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
"""Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"""


def notification_problems(functions: Iterable[Function[Any, Any]]) -> Iterator[Problem]:
    """Yield everything that is wrong with what the functions want of buckets."""
    triggers = [each for function in functions for each in function.on]
    created = [each for each in triggers if isinstance(each, ObjectCreated)]
    for trigger in created:
        if trigger.via not in _WAYS:
            what = f"via={trigger.via!r} is no way from a bucket to a function"
            yield Problem(what, where=trigger.declared_at, fix=f"use one of {', '.join(_WAYS)}")
    yield from _name_problems(functions, created)
    notified = [trigger for trigger in created if trigger.via == "notification"]
    for first, second in combinations(notified, 2):
        if first.bucket.logical_id == second.bucket.logical_id and _overlap(first, second):
            yield Problem(
                f"the notifications of {first.bucket.logical_id} overlap: {_said(second)}, and "
                f"{_said(first)} at {first.declared_at}",
                where=second.declared_at,
                fix="S3 tells one function of an object: make prefix or suffix exclude each other, "
                'or use via="eventbridge"',
            )


def _name_problems(
    functions: Iterable[Function[Any, Any]], created: Iterable[ObjectCreated]
) -> Iterator[Problem]:
    uses = [use for function in functions for use in function.uses]
    granted = [getattr(use, "resource", None) for use in uses]
    found: dict[int, Any] = {}
    for bucket in (*granted, *(trigger.bucket for trigger in created)):
        if getattr(bucket, "outside_stack", False):
            found[id(bucket)] = bucket
    for bucket in found.values():
        yield from _name_problem(bucket)


def _name_problem(bucket: Bucket) -> Iterator[Problem]:
    name: object = bucket.physical_name
    if not isinstance(name, str) or has_marker(name) or not _NAME.fullmatch(name):
        yield Problem(
            f"{name!r} is not the name of a bucket that exists",
            where=bucket.declared_at,
            fix="give its name, 3 to 63 lower-case letters, digits, `-` and `.`, as plain text",
        )


def _overlap(first: ObjectCreated, second: ObjectCreated) -> bool:
    prefixes = sorted((first.prefix, second.prefix), key=len)
    suffixes = sorted((first.suffix, second.suffix), key=len)
    return prefixes[1].startswith(prefixes[0]) and suffixes[1].endswith(suffixes[0])


def _said(trigger: ObjectCreated) -> str:
    return f"prefix={trigger.prefix!r}, suffix={trigger.suffix!r}"
