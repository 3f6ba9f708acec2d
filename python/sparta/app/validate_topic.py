"""Checks subscriptions to topics: which topic, the filter, the queue for what was given up.

Source: https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import TYPE_CHECKING

from sparta.app.destination import service_of
from sparta.app.pattern import OR, pattern_complaints
from sparta.app.validate_delivery import dead_letter_problems, unknown_options
from sparta.aws.topic import Topic
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.aws.topic import TopicMessages

MAX_KEYS = 5
MAX_COMBINATIONS = 150
_LOOK = "see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html"


def topic_problems(trigger: TopicMessages) -> Iterator[Problem]:
    """Yield what is wrong with a subscription."""
    place, topic, options = trigger.declared_at, trigger.topic, trigger.options
    known = frozenset({"dead_letter", "filter", "filter_on"})
    yield from unknown_options(options, known, place)
    if not isinstance(topic, Topic) and not _is_topic_arn(topic):
        yield Problem(f"{topic!r} is no ARN of a topic", where=place, fix="give its whole ARN")
    elif str(topic).endswith(".fifo"):
        what = f"{topic!r} is a FIFO topic, which does not deliver to functions"
        yield Problem(what, where=place, fix="subscribe a queue to it and take its messages")
    scope: object = options.get("filter_on", "attributes")
    if scope not in ("attributes", "body"):
        fix = 'use "attributes" or "body"'
        yield Problem(f"filter_on={scope!r} is neither of the two", where=place, fix=fix)
    found: object = options.get("filter")
    if found is not None:
        for where, what in _filter_complaints(found, scope):
            text = f"filter, {where}: {what}" if where else f"filter: {what}"
            yield Problem(text, where=place, fix=_LOOK)
    elif "filter_on" in options:
        yield Problem("filter_on= without filter= does nothing", where=place, fix="add filter=")
    yield from dead_letter_problems(options, place)


def _filter_complaints(found: object, scope: object) -> Iterator[tuple[str, str]]:
    complaints = list(pattern_complaints(found))
    yield from complaints
    if complaints or not isinstance(found, Mapping):
        return
    if scope == "attributes":
        for name, value in found.items():
            if name != OR and isinstance(value, Mapping):
                fix = 'filter_on="body" looks into the message'
                yield name, f"an attribute has no parts of its own: {fix}"
    leaves = list(_leaves(found))
    if len(leaves) > MAX_KEYS:
        yield "", f"it has {len(leaves)} keys, SNS takes {MAX_KEYS}"
    if prod(leaves) > MAX_COMBINATIONS:
        yield "", f"it has {prod(leaves)} combinations of values, SNS takes {MAX_COMBINATIONS}"


def _leaves(found: Mapping[str, object]) -> Iterator[int]:
    """Yield the number of values of each key."""
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        elif isinstance(value, (list, tuple)) and name != OR:
            yield len(value)


def _is_topic_arn(topic: object) -> bool:
    if not isinstance(topic, str):
        return False
    of = getattr(topic, "of", None)
    return isinstance(of, Topic) or service_of(topic) == "sns" or _is_token(topic)


def _is_token(text: str) -> bool:
    return has_marker(text) and not str(text).startswith("arn:")
