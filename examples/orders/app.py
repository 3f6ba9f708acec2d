"""Takes orders: an HTTP API over a table, a bucket of CSV files, a queue, a topic and a clock."""

import csv
import io
import json
import uuid

import boto3

import sparta.native as sparta
from sparta import events
from sparta.aws import Bucket, Queue, Table, Topic

orders = Table("Orders", key="id")
uploads = Bucket("Uploads")
shipments = Queue("Shipments")
placed = Topic("Placed")

# Made while Lambda initialises: the CPU is unthrottled then, whatever the memory size.
dynamodb = boto3.client("dynamodb")
s3 = boto3.client("s3")
sns = boto3.client("sns")


class NewOrder(sparta.Model):
    """What a customer sends."""

    sku: str
    qty: int = 1


@sparta.function(memory_mb=256, uses=[orders.grant("PutItem"), placed.grant("Publish")])
def create_order(request: sparta.Request[NewOrder], context: sparta.Context) -> sparta.Response:
    """Store an order and tell the world."""
    order: dict[str, str | int] = {
        "id": context.aws_request_id,
        "sku": request.body.sku,
        "qty": request.body.qty,
    }
    _store(order)
    sns.publish(TopicArn=placed.arn, Message=json.dumps(order))
    print(f"order {order['id']}: {order['qty']} x {order['sku']}")
    return sparta.Response(order, status=201)


@sparta.function(memory_mb=256, uses=[orders.grant("GetItem")])
def get_order(request: sparta.Request[None]) -> sparta.Response:
    """Answer one order by its id."""
    key = {"id": {"S": request.path_parameters["id"]}}
    item = dynamodb.get_item(TableName=orders.name, Key=key).get("Item")
    if item is None:
        return sparta.Response({"message": "no such order"}, status=404)
    order = {name: value.get("S") or int(value.get("N", 0)) for name, value in item.items()}
    return sparta.Response(order)


@sparta.function(
    memory_mb=256,
    timeout_s=10,
    uses=[uploads.grant("GetObject"), orders.grant("PutItem")],
    on=uploads.created(suffix=".csv"),
)
def import_csv(event: events.S3) -> int:
    """Store one order for each line of a CSV file."""
    count = 0
    for record in event.records:
        body = s3.get_object(Bucket=record.bucket, Key=record.key)["Body"].read().decode()
        for line in csv.DictReader(io.StringIO(body)):
            _store({"id": str(uuid.uuid4()), "sku": line["sku"], "qty": int(line["qty"])})
            count += 1
        print(f"{record.key}: {count} orders")
    return count


@sparta.function(on=placed.messages())
def announce(event: events.Sns) -> None:
    """Log each order that was placed."""
    for record in event.records:
        print(f"placed: {record.message}")


@sparta.function(on=shipments.messages(batch_size=5))
def ship(event: events.Sqs) -> None:
    """Log each shipment that is due."""
    for record in event.records:
        print(f"ship: {record.body}")


@sparta.function(on=sparta.schedule("cron(0 3 * * ? *)", timezone="Europe/Rome"))
async def nightly() -> None:
    """Say that the night's work is done."""
    print("nightly: nothing to tidy up")


def _store(order: dict[str, str | int]) -> None:
    dynamodb.put_item(
        TableName=orders.name,
        Item={
            "id": {"S": str(order["id"])},
            "sku": {"S": str(order["sku"])},
            "qty": {"N": str(order["qty"])},
        },
    )


api = sparta.HttpApi("orders").post("/orders", create_order).get("/orders/{id}", get_order)

if __name__ == "__main__":
    sparta.main(
        "Orders",
        "Takes orders",
        functions=[import_csv, announce, ship, nightly],
        api=api,
    )
