"""Checks topic rules of IoT.

Source: https://docs.aws.amazon.com/iot/latest/apireference/API_TopicRulePayload.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sparta.app.limits import DESCRIPTION_CHARACTERS
from sparta.app.validate_delivery import switch_problems, unknown_options
from sparta.app.validate_origin import text_problems
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.device_messages import DeviceMessages

VERSIONS = ("2015-10-08", "2016-03-23", "beta")
SQL_CHARACTERS = 5_000
_SQL = re.compile(r"(?is)\s*select\s.+\sfrom\s+'[^']+'.*")
_NAME = re.compile(r"[A-Za-z0-9_]{1,128}")
_OPTIONS = frozenset({"description", "enabled", "name", "version"})


def device_problems(trigger: DeviceMessages) -> Iterator[Problem]:
    """Yield what is wrong with a topic rule."""
    place, options = trigger.declared_at, trigger.options
    sql: object = trigger.sql
    yield from unknown_options(options, _OPTIONS, place)
    if not isinstance(sql, str) or not _SQL.fullmatch(sql):
        fix = "write SELECT ... FROM 'topic/filter' [WHERE ...]; the topic in single quotes"
        yield Problem(f"{sql!r} is no SQL of a topic rule", where=place, fix=fix)
    elif len(str(sql)) > SQL_CHARACTERS:
        fix = f"at most {SQL_CHARACTERS:,} are allowed"
        yield Problem(f"the SQL has {len(str(sql)):,} characters", where=place, fix=fix)
    version = options.get("version", VERSIONS[1])
    if version not in VERSIONS:
        fix = f"use one of {', '.join(VERSIONS)}"
        yield Problem(f"version={version!r} is not known", where=place, fix=fix)
    fix = "give 1 to 128 letters, digits and `_`"
    yield from text_problems(options, "name", _NAME, fix, place)
    described = re.compile(rf"(?s).{{0,{DESCRIPTION_CHARACTERS}}}")
    fix = f"give a text of at most {DESCRIPTION_CHARACTERS} characters"
    yield from text_problems(options, "description", described, fix, place)
    yield from switch_problems(options, ("enabled",), place)
