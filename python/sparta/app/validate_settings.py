"""Checks the options of a function that its handler never sees: each alone, then together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from sparta.app.limits import (
    ARCHITECTURES,
    EPHEMERAL_STORAGE_MB,
    EVENT_AGE_S,
    MAX_LAYERS,
    MAX_TAGS,
    PYTHONS,
    RETRIES,
    TAG_CHARACTERS,
)
from sparta.app.options import FunctionOptions, RetentionDays
from sparta.app.settings import OPTION_NAMES
from sparta.app.text_forms import ALIAS, KEY_ARN, LAYER_ARN, has_form
from sparta.app.validate_destinations import destination_problems
from sparta.app.validate_operations import rollout_complaints
from sparta.app.validate_surroundings import surrounding_problems
from sparta.app.validate_together import conflicts
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.function import Function

    Complaints = Iterator[tuple[str, str]]
    """What is wrong, and what to do about it."""
    Given = Mapping[str, Any]

_RANGES = {
    "ephemeral_storage_mb": EPHEMERAL_STORAGE_MB,
    "event_age_s": EVENT_AGE_S,
    "retries": RETRIES,
}
_LEAST = {"provisioned_concurrency": 1, "reserved_concurrency": 0}
_CHOICES: dict[str, tuple[object, ...]] = {
    "architecture": ARCHITECTURES,
    "log_retention_days": get_args(RetentionDays),
    "python": PYTHONS,
    "recursion": ("Allow", "Terminate"),
    "tracing": ("Active", "PassThrough"),
}
_FORMS = {
    "alias": (ALIAS, "use up to 128 letters, digits, `-` and `_`, not digits only"),
    "kms_key": (KEY_ARN, "give the ARN of a KMS key, or a token such as key.get_att('Arn')"),
}


def setting_problems(function: Function[Any, Any], python: str) -> Iterator[Problem]:
    """Yield everything that is wrong with what a function asks of Lambda itself.

    Args:
        function: The function; its options as they were given.
        python: The application's minor version, such as `3.12`.
    """
    given = {name: value for name, value in function.options.items() if name in OPTION_NAMES}
    for what, fix in (
        *_unknown(function.options),
        *_numbers(given),
        *_choices(given),
        *_texts(given),
        *_layers(given.get("layers", ())),
        *_tags(given.get("tags", {})),
        *(rollout_complaints(given["rollout"]) if "rollout" in given else ()),
        *conflicts(given, python, function.dependencies),
    ):
        text = f"{what} of {function.name!r} is not allowed"
        yield Problem(text, where=function.declared_at, fix=fix)
    yield from destination_problems(function)
    yield from surrounding_problems(function)


def _unknown(options: Given) -> Complaints:
    known = sorted({*FunctionOptions.__annotations__, "on"})
    for name in options:
        if name not in OPTION_NAMES:
            near = get_close_matches(name, known, 1)
            fix = f"did you mean {near[0]}=?" if near else f"use one of {', '.join(known)}"
            yield f"unknown option {name}=", fix


def _numbers(given: Given) -> Complaints:
    for name, allowed in _RANGES.items():
        value = given.get(name, allowed.start)
        if type(value) is not int or value not in allowed:
            most = allowed.stop - 1
            yield f"{name}={value!r}", f"use a whole number from {allowed.start} to {most}"
    for name, least in _LEAST.items():
        value = given.get(name, least)
        if type(value) is not int or value < least:
            yield f"{name}={value!r}", f"use a whole number, {least} or more"


def _choices(given: Given) -> Complaints:
    for name, allowed in _CHOICES.items():
        value = given.get(name, allowed[0])
        if not any(type(value) is type(each) and value == each for each in allowed):
            yield f"{name}={value!r}", f"use one of {', '.join(map(repr, allowed))}"
    value = given.get("snap_start", False)
    if not isinstance(value, bool):
        yield f"snap_start={value!r}", "use True or False"


def _texts(given: Given) -> Complaints:
    for name, (pattern, fix) in _FORMS.items():
        if name in given and not has_form(given[name], pattern):
            yield f"{name}={given[name]!r}", fix


def _layers(layers: object) -> Complaints:
    if isinstance(layers, str) or not isinstance(layers, Sequence):
        yield f"layers={layers!r}", "give a list of ARNs"
        return
    if len(layers) > MAX_LAYERS:
        yield f"layers= with {len(layers)} layers", f"Lambda takes at most {MAX_LAYERS}"
    for layer in layers:
        if not has_form(layer, LAYER_ARN):
            yield f"layer {layer!r}", "give its ARN with the version: arn:...:layer:name:3"


def _tags(tags: object) -> Complaints:
    if not isinstance(tags, Mapping):
        yield f"tags={tags!r}", "give a dict of texts"
        return
    if len(tags) > MAX_TAGS:
        yield f"tags= with {len(tags)} tags", f"Lambda takes at most {MAX_TAGS}"
    longest_name, longest_value = TAG_CHARACTERS
    for name, value in tags.items():
        if not (isinstance(name, str) and isinstance(value, str)):
            yield f"tag {name!r}={value!r}", "a tag is a text for a text"
        elif name.startswith("aws:") or not 0 < len(name) <= longest_name:
            fix = f"use 1 to {longest_name} characters; names starting with aws: are reserved"
            yield f"tag {name!r}", fix
        elif len(str(value)) > longest_value:
            yield f"tag {name!r} with {len(str(value))} characters", f"use up to {longest_value}"
