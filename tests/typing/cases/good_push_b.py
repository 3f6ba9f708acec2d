"""Sources that wait for an answer, and others: clean under mypy and pyright."""

from typing import Any

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, DeliveryStream
from sparta.cfn import cognito

users = cognito.UserPool("Users", UserPoolName="users")
stream = DeliveryStream("Clicks", bucket=Bucket("Kept"), compression="GZIP")


class Click(sparta.Model):
    page: str


@sparta.function(on=triggers.cognito(users, events.PreSignUp))
def sign_up(event: events.PreSignUp) -> dict[str, Any]:
    return event.answer(confirm=True)


@sparta.function(
    on=(
        triggers.cognito(users, events.PreAuthentication),
        triggers.cognito(users, events.PostAuthentication),
    )
)
def sign_in(event: events.PreAuthentication | events.PostAuthentication) -> dict[str, Any]:
    return event.answer()


@sparta.function(on=triggers.cognito(users, events.PreTokenGeneration, version="V3_0"))
def tokens(event: events.PreTokenGeneration) -> dict[str, Any]:
    return event.answer(claims={"team": "a"}, add_scopes=event.scopes)


@sparta.function(on=(triggers.logs(sign_up, pattern="ERROR"), triggers.logs("/company/all")))
def watch(event: events.CloudWatchLogs[Click]) -> list[str]:
    return [line.payload.page for line in event.records]


@sparta.function(on=stream.records(buffer_mb=0.5))
def one(record: events.FirehoseRecord[Click]) -> Click | None:
    return record.payload if record.payload.page else None


@sparta.function(on=stream.records())
def batch(event: events.Firehose) -> dict[str, Any]:
    return event.answer(each.transformed(each.content.upper()) for each in event.records)


@sparta.function(on=triggers.alexa("amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"))
def skill(event: events.Alexa) -> dict[str, Any]:
    return event.answer(f"Hello, {event.slots.get('name', 'you')}.")


@sparta.function(on=triggers.lex("arn:aws:lex:eu-west-1:123456789012:bot-alias/A/B"))
def bot(event: events.Lex) -> dict[str, Any]:
    return event.elicit_slot("city", "Which city?")


@sparta.function(on=triggers.iot("SELECT * FROM 'a/#'"))
def device(event: events.Iot[Click]) -> str:
    return event.message.page


@sparta.function(on=triggers.alb("arn", priority=1, paths=["/*"]))
def web(event: events.Alb) -> dict[str, Any]:
    return event.answer(Click(page=event.path), cookies=["a=b"])


@sparta.function(on=triggers.principal("s3.amazonaws.com", source_account="123456789012"))
def anything(event: events.S3) -> str:
    return event.records[0].key
