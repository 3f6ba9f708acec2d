"""One reactor of each kind; for the golden template."""

import sparta
from sparta import archetypes, events
from sparta.aws import Bucket, DeliveryStream, Queue, Stream, Table, Topic

uploads = Bucket("Uploads", retain=False)
news = Topic("News")
jobs = Queue("Jobs")
orders = Table("Orders", key="id", retain=False)
clicks = Stream("Clicks")
lines = DeliveryStream("Lines", bucket=uploads)


def on_object(event: events.S3) -> None: ...
def on_news(event: events.Sns) -> None: ...
def on_job(event: events.Sqs) -> None: ...
def on_change(event: events.DynamoDB) -> None: ...
def on_click(event: events.Kinesis) -> None: ...
def on_lines(event: events.Firehose) -> object:
    return event.answer([])


def on_payment(event: events.EventBridge) -> None: ...
def on_time(event: events.Scheduled) -> None: ...
def on_push(event: events.CodeCommit) -> None: ...


objects = archetypes.s3_reactor(on_object, uploads, suffix=".csv", memory_mb=256)
told = archetypes.sns_reactor(on_news, news)
worker = archetypes.sqs_reactor(on_job, jobs)
changes = archetypes.dynamodb_reactor(on_change, orders)
clicked = archetypes.kinesis_reactor(on_click, clicks)
cleaned = archetypes.firehose_reactor(on_lines, lines)
paid = archetypes.eventbridge_reactor(on_payment, {"source": ["com.example.pay"]})
nightly = archetypes.scheduled_reactor(on_time, "cron(0 3 * * ? *)", timezone="Europe/Rome")
pushed = archetypes.codecommit_reactor(on_push, "orders", branches=["main"])

if __name__ == "__main__":
    sparta.main(
        "Reactors",
        functions=[objects, told, worker, changes, clicked, cleaned, paid, nightly, pushed],
    )
