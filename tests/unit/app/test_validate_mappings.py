"""Polled triggers with every mistake that AWS would refuse later, or never tell of."""

# mypy: disable-error-code="arg-type, call-arg, call-overload, misc, type-var, typeddict-item"
# pyright: basic, reportArgumentType=false, reportCallIssue=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta import events, triggers
from sparta.app.validate_mappings import mapping_problems
from sparta.app.validate_records import view_problems
from sparta.app.validate_triggers import trigger_problems
from sparta.aws import Bucket, Queue, Stream, Table, Topic
from sparta.triggers import filters

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.model.polled_trigger import PolledTrigger

jobs = Queue("Jobs")
ledger = Queue("Ledger", fifo=True)
clicks = Stream("Clicks")
orders = Table("Orders", key="id")
PLACE = "123456789012"
SECRET = f"arn:aws:secretsmanager:us-east-1:{PLACE}:secret:login-AbCdEf"
MSK = f"arn:aws:kafka:us-east-1:{PLACE}:cluster/c/0123-1"
BROKER = f"arn:aws:mq:us-east-1:{PLACE}:broker:b:b-1"
CLUSTER = f"arn:aws:rds:us-east-1:{PLACE}:cluster:c"
SERVERS = ["k.example.com:9092"]

GOOD: list[PolledTrigger[Any]] = [
    jobs.messages(),
    jobs.messages(batch_size=10_000, window_s=300, max_concurrency=1_000, enabled=False),
    ledger.messages(batch_size=10),
    triggers.queue(jobs.arn),
    triggers.queue(f"arn:aws-cn:sqs:cn-north-1:{PLACE}:q.fifo", batch_size=10),
    clicks.records(retries=-1, max_age_s=-1, on_failure=Topic("Lost")),
    clicks.records(retries=10_000, max_age_s=604_800, parallelization=10, start_at=1.5),
    triggers.kinesis(f"arn:aws:kinesis:us-east-1:{PLACE}:stream/s", on_failure="arn:aws:s3:::b"),
    orders.changes(view="KEYS_ONLY", tumbling_window_s=900, on_failure=Bucket("Bin")),
    triggers.dynamodb(f"arn:aws:dynamodb:us-east-1:{PLACE}:table/t/stream/2026-01-01T00:00"),
    triggers.msk(MSK, topic="t", consumer_group="g", where=filters.value("a") == 1),
    triggers.msk(MSK, topic="t", login="certificate", secret=SECRET),
    triggers.kafka(SERVERS, topic="t", login="basic", secret=SECRET),
    triggers.kafka(
        SERVERS, topic="t", subnets=["subnet-01234567"], security_groups=["sg-01234567"]
    ),
    triggers.activemq(BROKER, queue="q", secret=SECRET),
    triggers.rabbitmq(BROKER, queue="q", secret=SECRET, virtual_host="shop"),
    triggers.documentdb(CLUSTER, database="d", secret=SECRET, collection="_c"),
]
BAD: dict[str, Callable[[], PolledTrigger[Any]]] = {
    "batch_size=0 is out of range": lambda: jobs.messages(batch_size=0),
    "batch_size='5' is out of range": lambda: jobs.messages(batch_size="5"),
    "batch_size=True is out of range": lambda: jobs.messages(batch_size=True),
    "batch_size=11 needs a window": lambda: jobs.messages(batch_size=11),
    "batch_size=11 of a FIFO queue": lambda: ledger.messages(batch_size=11),
    "window_s=1 of a FIFO queue": lambda: ledger.messages(window_s=1),
    "window_s=301 is out of range": lambda: clicks.records(window_s=301),
    "max_concurrency=1 is out of range": lambda: jobs.messages(max_concurrency=1),
    "batchsize=5 is no option": lambda: jobs.messages(batchsize=5),
    "parallelization=2 is no option": lambda: jobs.messages(parallelization=2),
    "parallelization=11 is out of range": lambda: clicks.records(parallelization=11),
    "retries=-2 is out of range": lambda: clicks.records(retries=-2),
    "max_age_s=59 is out of range": lambda: clicks.records(max_age_s=59),
    "tumbling_window_s=901 is out of range": lambda: orders.changes(tumbling_window_s=901),
    "bisect_on_error=1 is neither": lambda: clicks.records(bisect_on_error=1),
    "start='OLDEST' is not known": lambda: clicks.records(start="OLDEST"),
    "start_at='now' is no time": lambda: clicks.records(start_at="now"),
    "both given": lambda: clicks.records(start="LATEST", start_at=1.0),
    "start_at=1.0 is no option": lambda: orders.changes(start_at=1.0),
    "view='ALL' is not known": lambda: orders.changes(view="ALL"),
    "is not where failed records can go": lambda: clicks.records(on_failure=orders),
    "is a FIFO queue or topic": lambda: clicks.records(on_failure=ledger),
    "where= makes 6 filters": lambda: jobs.messages(where=[filters.body(n) == 1 for n in "abcdef"]),
    "'jobs' is not the ARN of a queue": lambda: triggers.queue("jobs"),
    "is not the ARN of a stream": lambda: triggers.kinesis(MSK),
    "is not the ARN of a table's stream": lambda: triggers.dynamodb(
        f"arn:aws:dynamodb:us-east-1:{PLACE}:table/t"
    ),
    "is not the ARN of an MSK cluster": lambda: triggers.msk("c", topic="t"),
    "topic='a b' is no name": lambda: triggers.msk(MSK, topic="a b"),
    "login='basic' is not known": lambda: triggers.msk(
        MSK, topic="t", login="basic", secret=SECRET
    ),
    "login='scram_512' needs secret=": lambda: triggers.msk(MSK, topic="t", login="scram_512"),
    "secret= is of no use": lambda: triggers.msk(MSK, topic="t", secret=SECRET),
    "consumer_group= is no name": lambda: triggers.msk(MSK, topic="t", consumer_group=""),
    "servers='k:9092' are no": lambda: triggers.kafka(
        "k:9092", topic="t", login="basic", secret=SECRET
    ),
    "servers=[] are no": lambda: triggers.kafka([], topic="t", login="basic", secret=SECRET),
    "give both, or neither": lambda: triggers.kafka(
        SERVERS, topic="t", subnets=["subnet-01234567"]
    ),
    "nothing lets Lambda in": lambda: triggers.kafka(SERVERS, topic="t"),
    "root_certificate='pem' is not": lambda: triggers.kafka(
        SERVERS, topic="t", login="basic", secret=SECRET, root_certificate="pem"
    ),
    "secret='hunter2' is not the ARN": lambda: triggers.activemq(
        BROKER, queue="q", secret="hunter2"
    ),
    "queue='' is no name": lambda: triggers.rabbitmq(BROKER, queue="", secret=SECRET),
    "virtual_host='a b' is none": lambda: triggers.rabbitmq(
        BROKER, queue="q", secret=SECRET, virtual_host="a b"
    ),
    "is not the ARN of a cluster": lambda: triggers.documentdb("c", database="d", secret=SECRET),
    "database='a b' is no name": lambda: triggers.documentdb(
        CLUSTER, database="a b", secret=SECRET
    ),
    "collection='system.x' is no name": lambda: triggers.documentdb(
        CLUSTER, database="d", secret=SECRET, collection="system.x"
    ),
    "where=1 is no option": lambda: triggers.documentdb(
        CLUSTER, database="d", secret=SECRET, where=1
    ),
}


@pytest.mark.parametrize("trigger", GOOD, ids=[str(number) for number in range(len(GOOD))])
def test_what_aws_takes(trigger: PolledTrigger[Any]) -> None:
    assert list(mapping_problems(trigger)) == []


@pytest.mark.parametrize(("text", "make"), BAD.items())
def test_what_aws_refuses(text: str, make: Callable[[], PolledTrigger[Any]]) -> None:
    problems = list(mapping_problems(make()))
    found = [problem for problem in problems if text in problem.what or text in problem.fix]
    assert found, [problem.what for problem in problems]
    assert found[0].where.startswith(__file__)
    assert found[0].fix


def test_all_problems_come_at_once_and_a_misspelt_option_is_known() -> None:
    problems = list(mapping_problems(jobs.messages(batch_sise=5, window_s=-1)))
    assert len(problems) == 2
    assert problems[0].fix == "did you mean batch_size?"


def of(handler: Callable[..., Any], trigger: PolledTrigger[Any]) -> list[str]:
    function: Any = sparta.Function(handler, on=trigger)
    return [problem.what for problem in trigger_problems(function)]


def take(record: events.SqsRecord[int]) -> None: ...


def take_several(record: events.SqsRecord[int] | events.KinesisRecord) -> None: ...


def take_slowly(record: events.SqsRecord[int]) -> Any:
    yield record


def take_complex(record: events.SqsRecord[complex]) -> None: ...


def test_a_handler_of_one_record_fits_its_source() -> None:
    assert of(take, jobs.messages()) == []
    assert "does not take the events of its trigger" in of(take, clicks.records())[0]
    assert "records of one kind" in of(take_several, jobs.messages())[0]
    assert "is a generator" in of(take_slowly, jobs.messages())[0]
    assert "complex cannot be decoded" in of(take_complex, jobs.messages())[0]


def test_a_handler_of_one_record_needs_reports_and_has_no_state() -> None:
    (problem,) = of(take, jobs.messages(report_failures=False))
    assert "report_failures is False" in problem

    def change(record: events.DynamoDBRecord) -> None: ...

    (problem,) = of(change, orders.changes(tumbling_window_s=10))
    assert "a tumbling window hands on a state" in problem


def test_a_table_has_one_stream() -> None:
    def changes(event: events.DynamoDB) -> None: ...

    first = sparta.Function(changes, on=orders.changes(view="KEYS_ONLY"))
    second = sparta.Function(changes, on=orders.changes())
    assert list(view_problems([first, first])) == []
    (problem,) = view_problems([first, second])
    assert "stream of NEW_AND_OLD_IMAGES, and one of KEYS_ONLY" in problem.what
