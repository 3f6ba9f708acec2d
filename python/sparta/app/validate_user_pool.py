"""Checks triggers of user pools: the pool, the kind, and that a pool has one function for each.

Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sparta.app.validate_delivery import unknown_options
from sparta.app.validate_origin import arn_pattern, origin_problems, text_problems
from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.events.token_generation import PreTokenGeneration
from sparta.events.user_pool import UserPoolEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.user_pool import UserPoolEvents

USER_POOL = "AWS::Cognito::UserPool"
SENDERS = ("CustomEmailSender", "CustomSMSSender")
VERSIONS = ("V1_0", "V2_0", "V3_0")
_POOL = arn_pattern("cognito-idp", r"userpool/[\w-]+_[0-9A-Za-z]+")
_KEY = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/\S+")
_KEY_ID = "KMSKeyID"


def user_pool_problems(trigger: UserPoolEvents[Any]) -> Iterator[Problem]:
    """Yield what is wrong with one trigger of a user pool."""
    place, options = trigger.declared_at, trigger.options
    kind: Any = trigger.event_type
    yield from unknown_options(options, frozenset({"kms_key", "version"}), place)
    yield from origin_problems(trigger.pool, USER_POOL, _POOL, place)
    if not (isinstance(kind, type) and issubclass(kind, UserPoolEvent) and kind.setting):
        fix = "give one of its events, such as events.PreSignUp"
        yield Problem(f"{kind!r} is no kind of a user pool's events", where=place, fix=fix)
        return
    if kind.setting in _own_settings(trigger.pool):
        what = f"the pool's LambdaConfig sets {kind.setting} itself"
        yield Problem(what, where=place, fix="leave it out there, or the trigger here")
    version = options.get("version", VERSIONS[0])
    if version not in VERSIONS:
        fix = f"use one of {', '.join(VERSIONS)}"
        yield Problem(f"version={version!r} is not known", where=place, fix=fix)
    elif version != VERSIONS[0] and kind is not PreTokenGeneration:
        what = f"events.{kind.__name__} has no version {version}"
        yield Problem(what, where=place, fix="only events.PreTokenGeneration has others than V1_0")
    if kind.setting in SENDERS:
        fix = "give the ARN of a key of KMS"
        yield from text_problems(options, "kms_key", _KEY, fix, place)
        if not options.get("kms_key") and not _has_key(trigger.pool):
            what = f"events.{kind.__name__} without kms_key="
            yield Problem(what, where=place, fix=f"{fix}: the pool encrypts codes with it")
    elif "kms_key" in options:
        what = f"kms_key= beside events.{kind.__name__} does nothing"
        yield Problem(what, where=place, fix="leave it out: only senders get codes")


def _has_key(pool: object) -> bool:
    """Say whether a pool names a key itself; one that exists already may."""
    return not isinstance(pool, Resource) or _KEY_ID in _own_settings(pool)


def _own_settings(pool: object) -> dict[str, Any]:
    settings = pool.properties.get("LambdaConfig") if isinstance(pool, Resource) else None
    return settings if isinstance(settings, dict) else {}
