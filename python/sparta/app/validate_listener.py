"""Checks rules of a load balancer's listener.

Sources: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sparta.app.validate_delivery import switch_problems, unknown_options
from sparta.app.validate_origin import arn_pattern, origin_problems, text_problems
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.listener import ListenerRequests

LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
PRIORITIES = range(1, 50_001)
MAX_VALUES = 5
_ARN = arn_pattern("elasticloadbalancing", r"listener/app/[\w-]+/[0-9a-f]+/[0-9a-f]+")
_HEALTH = re.compile(r"/\S{0,1023}")
_NAME = re.compile(r"[!#$%&'*+.^`|~\w-]{1,40}", re.ASCII)
_LISTS = {
    "hosts": (re.compile(r"[\w.*?-]{1,128}", re.ASCII), "such as api.example.com"),
    "methods": (re.compile(r"[A-Z_-]{1,40}"), "such as GET, in capitals"),
    "paths": (re.compile(r"[\w$/~\"'@:+&*?.%-]{1,128}", re.ASCII), "such as /orders/*"),
}
_HEADER_VALUE = re.compile(r"[ -~]{1,128}")
_OPTIONS = frozenset({*_LISTS, "headers", "health_check", "multi_value_headers"})


def listener_problems(trigger: ListenerRequests) -> Iterator[Problem]:
    """Yield what is wrong with a rule of a listener."""
    place, priority = trigger.declared_at, trigger.priority
    options: Mapping[str, Any] = trigger.options
    yield from unknown_options(options, _OPTIONS, place)
    yield from origin_problems(trigger.listener, LISTENER, _ARN, place)
    if type(priority) is not int or priority not in PRIORITIES:
        fix = f"use a whole number from {PRIORITIES.start} to {PRIORITIES.stop - 1:,}"
        yield Problem(f"priority={priority!r} is out of range", where=place, fix=fix)
    count = 0
    for name, (pattern, example) in _LISTS.items():
        values = options.get(name, ())
        yield from _value_problems(name, values, pattern, example, place)
        count += len(values) if isinstance(values, (list, tuple)) else 1
    headers = options.get("headers") or {}
    if not isinstance(headers, Mapping):
        fix = 'write headers={"x-kind": ["a", "b"]}'
        yield Problem(f"headers={headers!r} has no names", where=place, fix=fix)
        headers = {}
    for name, values in headers.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            yield Problem(f"{name!r} is no name of a header", where=place)
        yield from _value_problems(f"headers[{name!r}]", values, _HEADER_VALUE, "text", place)
        count += len(values) if isinstance(values, (list, tuple)) else 1
    if not count:
        fix = 'add paths=["/*"] for all, or hosts=, methods= or headers='
        yield Problem("the rule has no conditions", where=place, fix=fix)
    elif count > MAX_VALUES:
        fix = f"a load balancer takes {MAX_VALUES}: use `*`, or another trigger"
        yield Problem(f"the rule's conditions have {count} values", where=place, fix=fix)
    fix = "give a path that begins with /"
    yield from text_problems(options, "health_check", _HEALTH, fix, place)
    yield from switch_problems(options, ("multi_value_headers",), place)


def _value_problems(
    name: str, values: object, pattern: re.Pattern[str], example: str, place: str
) -> Iterator[Problem]:
    if not isinstance(values, (list, tuple)):
        yield Problem(f"{name}={values!r} is no list", where=place, fix=f"list values, {example}")
        return
    for value in values:
        if not isinstance(value, str) or not (has_marker(value) or pattern.fullmatch(value)):
            yield Problem(f"{name}: {value!r} is not allowed", where=place, fix=f"write {example}")
