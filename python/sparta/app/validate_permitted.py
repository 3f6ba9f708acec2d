"""Checks triggers that are a permission only: Alexa, Lex, and any principal.

Source: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sparta.app.validate_delivery import unknown_options
from sparta.app.validate_origin import arn_pattern, origin_problems, text_problems
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.conversation import BotTurns
    from sparta.triggers.invoker import Invocations
    from sparta.triggers.skill import SkillRequests

_SKILL = re.compile(r"amzn1\.ask\.skill\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ALIAS = arn_pattern("lex", r"bot-alias/[0-9A-Za-z]{10}/[0-9A-Za-z]{10}")
_SERVICE = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|amazon\.com)")
_ACCOUNT = re.compile(r"\d{12}")
_IDENTITY = re.compile(r"arn:aws[a-z-]*:(iam|sts)::\d{12}:\S+")
_ARN = re.compile(r"arn:[^:\s]+:[a-z0-9*?-]+:[^:\s]*:[^:\s]*:\S+")
_OPTIONS = {
    "source_arn": (_ARN, "give an ARN"),
    "source_account": (_ACCOUNT, "give the 12 digits of an account, as text"),
    "organization": (re.compile(r"o-[a-z0-9]{10,32}"), "give its id, such as o-a1b2c3d4e5"),
    "token": (
        re.compile(r"[A-Za-z0-9._-]{1,256}"),
        "give up to 256 letters, digits and `._-`",
    ),
}


def skill_problems(trigger: SkillRequests) -> Iterator[Problem]:
    """Yield what is wrong with the id of a skill."""
    skill: object = trigger.skill_id
    if not isinstance(skill, str) or not (has_marker(skill) or _SKILL.fullmatch(skill)):
        fix = "give what the developer console shows: amzn1.ask.skill. and a UUID"
        yield Problem(f"{skill!r} is no id of a skill", where=trigger.declared_at, fix=fix)


def bot_problems(trigger: BotTurns) -> Iterator[Problem]:
    """Yield what is wrong with the alias of a bot."""
    yield from origin_problems(trigger.alias, "AWS::Lex::BotAlias", _ALIAS, trigger.declared_at)


def principal_problems(trigger: Invocations) -> Iterator[Problem]:
    """Yield what is wrong with a permission; one that lets anybody in is."""
    place, options = trigger.declared_at, trigger.options
    principal: object = trigger.principal
    yield from unknown_options(options, frozenset(_OPTIONS), place)
    for name, (pattern, fix) in _OPTIONS.items():
        yield from text_problems(options, name, pattern, fix, place)
    if not isinstance(principal, str) or not _is_principal(principal):
        fix = "give a service (events.amazonaws.com), 12 digits, or the ARN of a role or a user"
        yield Problem(f"{principal!r} is no principal", where=place, fix=fix)
    elif _SERVICE.fullmatch(principal) and not any(options.get(name) for name in _OPTIONS):
        what = f"anybody's resources of {principal} could invoke the function"
        fix = "add source_arn= or source_account= (token= for a skill)"
        yield Problem(what, where=place, fix=fix)
    elif principal == "*" and not options.get("organization"):
        what = "everybody could invoke the function"
        yield Problem(what, where=place, fix="add organization=, or name a principal")


def _is_principal(principal: str) -> bool:
    patterns = (_SERVICE, _ACCOUNT, _IDENTITY)
    known = any(pattern.fullmatch(principal) for pattern in patterns)
    return known or principal == "*" or has_marker(principal)
