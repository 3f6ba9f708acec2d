"""Checks the custom rules of AWS Config.

Source: https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sparta.app.validate_delivery import unknown_options
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.compliance import ConfigEvaluations

HOURS = (1, 3, 6, 12, 24)
NAME_CHARACTERS = 128
TEXT_CHARACTERS = 256
PARAMETERS_CHARACTERS = 1024
MAX_RESOURCE_TYPES = 100
_TYPE = re.compile(r"[A-Za-z0-9]+(::[A-Za-z0-9]+){2}")
_OPTIONS = frozenset({"description", "every_hours", "name", "parameters"})


def compliance_problems(trigger: ConfigEvaluations) -> Iterator[Problem]:
    """Yield what is wrong with a custom rule."""
    place, types = trigger.declared_at, trigger.resource_types
    options: Mapping[str, Any] = trigger.options
    yield from unknown_options(options, _OPTIONS, place)
    every_hours = options.get("every_hours")
    if not types and every_hours is None:
        what = "the rule would never ask: it has neither resource types nor a time"
        fix = 'name types such as "AWS::S3::Bucket", or give every_hours='
        yield Problem(what, where=place, fix=fix)
    for each in types:
        if not _TYPE.fullmatch(str(each)):
            fix = 'write it as "AWS::S3::Bucket"'
            yield Problem(f"{each!r} is no type of resource", where=place, fix=fix)
    if len(types) > MAX_RESOURCE_TYPES:
        what = f"the rule has {len(types)} resource types"
        yield Problem(what, where=place, fix=f"AWS Config takes {MAX_RESOURCE_TYPES}")
    if every_hours is not None and (type(every_hours) is not int or every_hours not in HOURS):
        fix = f"use one of {', '.join(map(str, HOURS))}"
        yield Problem(f"every_hours={every_hours!r} is not allowed", where=place, fix=fix)
    yield from _parameter_problems(options.get("parameters"), place)
    yield from _text_problems(options, place)


def _parameter_problems(parameters: object, place: str) -> Iterator[Problem]:
    if parameters is None:
        return
    right = isinstance(parameters, Mapping) and all(
        isinstance(part, str) for pair in parameters.items() for part in pair
    )
    if not right:
        fix = 'write parameters={"name": "value"}'
        yield Problem(f"parameters={parameters!r} is not text by name", where=place, fix=fix)
    elif len(json.dumps(parameters, separators=(",", ":"))) > PARAMETERS_CHARACTERS:
        fix = f"AWS Config takes {PARAMETERS_CHARACTERS:,} characters of JSON"
        yield Problem("the parameters are too long", where=place, fix=fix)


def _text_problems(options: Mapping[str, Any], place: str) -> Iterator[Problem]:
    name = options.get("name")
    is_text = isinstance(name, str)
    if name is not None and not (
        is_text and (has_marker(name) or 0 < len(name) <= NAME_CHARACTERS)
    ):
        fix = f"give 1 to {NAME_CHARACTERS} characters"
        yield Problem(f"name={name!r} is no name of a rule", where=place, fix=fix)
    description = options.get("description", "")
    if not isinstance(description, str) or len(str(description)) > TEXT_CHARACTERS:
        fix = f"give a text of at most {TEXT_CHARACTERS} characters"
        yield Problem("description= is no text, or too long", where=place, fix=fix)
