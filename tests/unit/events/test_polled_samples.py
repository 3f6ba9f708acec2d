"""Typed events over the sample events of AWS's documentation, each with its address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sparta import events
from sparta.errors import EventError
from sparta.events.attribute_value import python_value

SAMPLES = Path(__file__).parent / "samples"
CLASSES: dict[str, type[Any]] = {
    "activemq": events.ActiveMQ,
    "documentdb": events.DocumentDB,
    "dynamodb": events.DynamoDB,
    "kafka": events.Kafka,
    "kinesis": events.Kinesis,
    "kinesis_window": events.Kinesis,
    "msk": events.Kafka,
    "rabbitmq": events.RabbitMQ,
    "sqs": events.Sqs,
    "sqs_fifo": events.Sqs,
}


def sample(name: str) -> Any:
    found = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    assert found["source"].startswith("https://docs.aws.amazon.com/")
    return CLASSES[name](found["event"])


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_each_event_tells_its_class_and_is_frozen(name: str) -> None:
    event = sample(name)
    assert [cls for cls in set(CLASSES.values()) if cls.is_one(event.raw)] == [CLASSES[name]]
    assert not hasattr(event, "__dict__")
    with pytest.raises(AttributeError, match="frozen"):
        event.raw = {}


def test_sqs() -> None:
    (record,) = sample("sqs").records
    assert (record.body, record.text) == ("Test message.", "Test message.")
    assert record.message_id == record.item_identifier == "059f36b4-87a3-44ab-83d2-661975830a7d"
    assert record.receipt_handle.startswith("AQEB")
    assert record.attributes["ApproximateReceiveCount"] == "1"
    assert record.message_attributes["myAttribute"]["stringValue"] == "myValue"
    assert record.group is None


def test_a_message_of_a_fifo_queue_has_its_group() -> None:
    (record,) = sample("sqs_fifo").records
    assert record.group == "1"


def test_kinesis() -> None:
    (record,) = sample("kinesis").records
    assert record.payload == record.content == b"Hello, this is a test."
    assert (record.partition_key, record.shard_id) == ("1", "shardId-000000000006")
    assert record.sequence_number == record.item_identifier
    assert record.arrived_at == 1545084650.987


def test_a_tumbling_window_has_its_state() -> None:
    assert sample("kinesis_window").state == {"1": 282, "2": 715}
    assert sample("kinesis").state == {}


def test_dynamodb() -> None:
    inserted, modified, removed = sample("dynamodb").records
    assert [each.event_name for each in (inserted, modified, removed)] == [
        "INSERT",
        "MODIFY",
        "REMOVE",
    ]
    assert inserted.keys == {"Id": 101}
    assert (inserted.new_image, inserted.old_image) == ({"Message": "New item!", "Id": 101}, None)
    assert modified.old_image == inserted.new_image
    assert (removed.new_image, removed.old_image) == (None, modified.new_image)
    assert (inserted.is_expiry, removed.is_expiry) == (False, True)
    assert (inserted.sequence_number, inserted.changed_at) == ("111", 1428537600.0)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ({"S": "x"}, "x"),
        ({"N": "-3"}, -3),
        ({"N": "5.0"}, 5),
        ({"N": "1.25"}, 1.25),
        ({"N": "1E+2"}, 100),
        ({"N": "9" * 38}, int("9" * 38)),
        ({"B": "AP8="}, b"\x00\xff"),
        ({"BOOL": False}, False),
        ({"NULL": True}, None),
        ({"L": [{"S": "a"}, {"N": "1"}]}, ["a", 1]),
        ({"M": {"k": {"L": []}}}, {"k": []}),
        ({"SS": ["a", "b"]}, {"a", "b"}),
        ({"NS": ["1", "2.5"]}, {1, 2.5}),
        ({"BS": ["AA=="]}, {b"\x00"}),
    ],
    ids=repr,
)
def test_attribute_values_are_python_values(attribute: dict[str, Any], value: object) -> None:
    found = python_value(attribute)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "attribute", [{}, {"S": "a", "N": "1"}, {"X": 1}, {"N": "x"}, {"B": "~"}, 1]
)
def test_what_is_no_attribute_value_is_refused(attribute: Any) -> None:
    with pytest.raises(EventError):
        python_value(attribute)


def test_kafka() -> None:
    event = sample("msk")
    (record,) = event.partitions["mytopic-0"]
    assert event.records == [record]
    assert (record.topic, record.partition, record.offset) == ("mytopic", 0, 15)
    assert (record.key, record.value) == (b"abcDEFghiJKL", b"Hello, this is a test.")
    assert record.headers == {"headerKey": b"headerValue"}
    assert record.timestamp_ms == 1545084650987
    assert len(event.bootstrap_servers) == 2


def test_a_kafka_of_ones_own_with_a_deleted_key() -> None:
    _, deleted = sample("kafka").records
    assert (deleted.partition, deleted.key, deleted.value) == (1, None, None)
    assert deleted.headers == {"mark": b"\xff"}


def test_activemq() -> None:
    text, binary = sample("activemq").messages
    assert (text.text, text.queue, text.correlation_id) == ("ABC:AAAA", "testQueue", "myJMSCoID")
    assert (text.message_type, text.timestamp_ms) == ("jms/text-message", 1598827811958)
    assert text.properties["myCustomProperty"] == "value"
    assert (binary.content, binary.is_redelivered) == (b"\xff\x00", True)
    with pytest.raises(EventError, match="not valid UTF-8"):
        assert binary.text


def test_rabbitmq() -> None:
    event = sample("rabbitmq")
    (message,) = event.queues["pizzaQueue::/"]
    assert event.messages == [message]
    assert message.headers == {"header1": b"value1", "header2": b"value2", "numberInHeader": 10}
    assert message.properties["priority"] == 34
    assert json.loads(message.text)["timeout"] == 0


def test_documentdb() -> None:
    inserted, updated = sample("documentdb").changes
    assert (inserted.operation, inserted.database) == ("insert", "test_database")
    assert inserted.collection == "test_collection"
    assert inserted.document_key == {"_id": {"$oid": "63eeb6e7d418cd98afb1c1d7"}}
    assert (inserted.document or {})["anyField"] == "sampleValue"
    assert (updated.document, updated.updated_fields) == (None, {"anyField": "x"})
