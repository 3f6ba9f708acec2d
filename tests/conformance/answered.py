"""Handlers whose source waits for an answer, or packs its events: logs, pools, skills, bots."""

from __future__ import annotations

from typing import Any

import sparta
from sparta import events


class Entry(sparta.Model):
    level: str
    code: int = 0


class Click(sparta.Model):
    page: str
    ms: int = 0


def attributes(event: object, *names: str) -> dict[str, Any]:
    return {name: getattr(event, name) for name in names}


def log(event: events.CloudWatchLogs) -> list[Any]:
    lines = [attributes(line, "id", "message", "logged_at") for line in event.records]
    names = ("log_group", "log_stream", "owner", "filters", "is_test")
    return [attributes(event, *names), lines]


def typed_log(event: events.CloudWatchLogs[Entry]) -> list[Any]:
    return [[line.payload.level, line.payload.code] for line in event.records]


def untyped_log(event: events.CloudWatchLogs) -> list[Any]:
    return [line.payload for line in event.records]


def pre_sign_up(event: events.PreSignUp) -> dict[str, Any]:
    return event.answer(confirm=event.user_attributes["email"].endswith("@example.com"))


def confirmed(event: events.PostConfirmation) -> dict[str, Any]:
    return event.answer()


def challenge(
    event: events.DefineAuthChallenge | events.CreateAuthChallenge | events.VerifyAuthChallenge,
) -> dict[str, Any]:
    if isinstance(event, events.DefineAuthChallenge):
        right = [each["challengeResult"] for each in event.session]
        return (
            event.succeed() if True in right else event.challenge() if not right else event.fail()
        )
    if isinstance(event, events.CreateAuthChallenge):
        return event.answer(public={"ask": event.challenge_name}, private={"right": "5"})
    return event.answer(correct=event.challenge_answer == event.private["right"])


def tokens(event: events.PreTokenGeneration) -> dict[str, Any]:
    scopes = ["shop/read"] if event.version != "1" else []
    return event.answer(
        claims={"team": event.groups[0]}, without=["email"], add_scopes=scopes, groups=event.groups
    )


def access_tokens(event: events.PreTokenGeneration) -> dict[str, Any]:
    return event.answer(access_claims={"team": "a"})


def migrated(event: events.UserMigration) -> dict[str, Any]:
    told = attributes(event, "user_name", "password", "validation_data", "client_metadata")
    return event.answer({"username": str(told)}, status="CONFIRMED", message="SUPPRESS")


def federated(event: events.InboundFederation) -> dict[str, Any]:
    told = attributes(event, "provider", "provider_type")
    return event.answer({"email": event.provider_attributes["idToken"]["email"], **told})


def message(event: events.CustomMessage) -> dict[str, Any]:
    return event.answer(sms=f"{event.code_parameter} is yours")


def sent(event: events.CustomEmailSender | events.CustomSmsSender) -> list[str]:
    return [type(event).__name__, event.encrypted_code, event.user_attributes["email"]]


def signed_in(event: events.PreAuthentication | events.PostAuthentication) -> dict[str, Any]:
    if isinstance(event, events.PreAuthentication):
        raise PermissionError("not today")
    return {**event.answer(), "new": event.new_device}


def skill(event: events.Alexa) -> dict[str, Any]:
    names = ("request_type", "intent", "slots", "locale", "is_new_session", "session_attributes")
    told = attributes(event, *names, "skill_id", "user_id")
    return {"told": told, "answer": event.answer("Yes.", reprompt="<speak>What?</speak>")}


def bot(event: events.Lex) -> dict[str, Any]:
    names = ("invocation_source", "session_id", "text", "input_mode", "locale", "intent")
    told = attributes(event, *names, "confirmation", "slots", "session_attributes")
    return {
        "told": told,
        "close": event.close("Done.", session_attributes={"a": "b"}),
        "delegate": event.delegate(slots={"city": "Rome"}),
        "slot": event.elicit_slot("city", {"contentType": "SSML", "content": "<speak/>"}),
        "intent": event.elicit_intent("What?"),
        "confirm": event.confirm_intent("Really?"),
    }


def device(event: events.Iot[Click]) -> list[Any]:
    return [event.message.page, event.message.ms]


def plain_device(event: events.Iot) -> Any:
    return event.message


def balanced(event: events.Alb) -> dict[str, Any]:
    names = ("method", "path", "headers", "header_values", "query", "query_values", "cookies")
    told = attributes(event, *names, "text", "source_ip", "is_health_check", "target_group_arn")
    answer = event.answer(Click(page="é"), status=201, headers={"X-A": "b"}, cookies=["a=1", "b=2"])
    return {"told": told, "answer": answer, "bytes": event.answer(b"\x00"), "none": event.answer()}


def batch(event: events.Firehose) -> dict[str, Any]:
    first, second, *_ = event.records
    return event.answer([first.transformed("x", partition_keys={"k": "v"}), second.dropped()])


def record(record: events.FirehoseRecord[Click]) -> Click | str | bytes | events.Transformed | None:
    click = record.payload
    if click.page == "none":
        return None
    if click.page == "raise":
        raise ValueError(record.record_id)
    if click.page == "text":
        return "é"
    if click.page == "bytes":
        return b"\x00\xff"
    return record.failed() if click.page == "failed" else Click(page=click.page, ms=click.ms + 1)


async def record_async(record: events.FirehoseRecord) -> Any:
    return {"size": len(record.payload), "at": record.arrived_at}
