"""Mistakes in sources that wait for an answer: mypy and pyright report each marked line."""

from typing import Any

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, DeliveryStream, Queue

users = sparta.Resource("Users", "AWS::Cognito::UserPool")
kept = Bucket("Kept")
stream = DeliveryStream("Clicks", bucket=kept)


class Click(sparta.Model):
    page: str


@sparta.function(on=triggers.cognito(users, events.PreSignUp))  # error: its events are PreSignUp
def wrong_kind(event: events.PostConfirmation) -> dict[str, Any]:
    return event.answer()


@sparta.function(on=triggers.alexa("amzn1.ask.skill.x"))  # error: its events are Alexa
def wrong_voice(event: events.Lex) -> None: ...


@sparta.function(on=stream.records())  # error: its records are FirehoseRecord
def wrong_record(record: events.KinesisRecord[Click]) -> None: ...


@sparta.function(on=triggers.logs("a"))
def line(event: events.CloudWatchLogs[Click]) -> int:
    return event.records[0].payload.page  # error: a str


@sparta.function(on=triggers.iot("SELECT * FROM 'a'"))
def device(event: events.Iot[Click]) -> None:
    event.message.level  # error: no such field


@sparta.function(on=triggers.cognito(users, events.PreSignUp))
def answered(event: events.PreSignUp) -> dict[str, Any]:
    return event.answer(confirmed=True)  # error: no such part of the answer


@sparta.function(on=triggers.lex("arn"))
def bot(event: events.Lex) -> dict[str, Any]:
    return event.close("Done.", state="Done")  # error: no such state


@sparta.function(on=stream.records())
def changed(record: events.FirehoseRecord) -> events.Transformed:
    return record.transformed(3)  # error: neither bytes nor text


triggers.cognito(users, events.Sqs)  # error: not an event of a user pool
triggers.cognito(users, events.PreTokenGeneration, version="V4_0")  # error: no such version
triggers.logs(3)  # error: not a log group
triggers.logs("a", patern="x")  # error: no such option
triggers.iot("SELECT 1 FROM 'a'", version="2020-01-01")  # error: no such version
triggers.alb("arn", paths=["/*"])  # error: no priority
triggers.alb("arn", priority=1, paths=[3])  # error: not text
triggers.principal("s3.amazonaws.com", account="123456789012")  # error: no such option
DeliveryStream("Other", bucket=Queue("Jobs"))  # error: not a bucket
DeliveryStream("Other", bucket=kept, compression="BZIP")  # error: no such compression
stream.grant("DeleteDeliveryStream")  # error: no such action
stream.records(batch_size=3)  # error: no such option
events.PreSignUp({}).answer(True)  # error: by keyword only
