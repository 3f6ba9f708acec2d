"""Checks subscriptions to log groups.

Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sparta.app.function import Function
from sparta.app.validate_delivery import switch_problems, unknown_options
from sparta.app.validate_origin import text_problems
from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.log_lines import LogLines

LOG_GROUP = "AWS::Logs::LogGroup"
PATTERN_CHARACTERS = 1_024
_GROUP = re.compile(r"[A-Za-z0-9_./#-]{1,512}")
_FILTER = re.compile(r"[^:*]{1,512}")
_ANY = re.compile(rf"(?s).{{0,{PATTERN_CHARACTERS}}}")
_OPTIONS = frozenset({"name", "pattern", "transformed"})


def log_problems(trigger: LogLines) -> Iterator[Problem]:
    """Yield what is wrong with a subscription filter."""
    place, options, group = trigger.declared_at, trigger.options, trigger.log_group
    yield from unknown_options(options, _OPTIONS, place)
    if not _is_log_group(group):
        fix = f"give a function, a resource of type {LOG_GROUP}, or the name of a log group"
        yield Problem(f"{group!r} is no log group", where=place, fix=fix)
    fix = f"give a text of at most {PATTERN_CHARACTERS:,} characters"
    yield from text_problems(options, "pattern", _ANY, fix, place)
    fix = "give 1 to 512 characters, none of them `:` or `*`"
    yield from text_problems(options, "name", _FILTER, fix, place)
    yield from switch_problems(options, ("transformed",), place)


def _is_log_group(group: object) -> bool:
    if isinstance(group, Resource):
        return group.type == LOG_GROUP
    if isinstance(group, str):
        return has_marker(group) or _GROUP.fullmatch(group) is not None
    return isinstance(group, Function)
