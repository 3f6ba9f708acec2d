"""A provider that keeps rows as objects of a bucket that exists, for the test."""

import time

import boto3

import sparta
from sparta.aws import Bucket

state = Bucket.existing("provided-state")


class Rows(sparta.Model):
    """What rows there are to be, and what is to happen on the way."""

    count: int
    prefix: str
    happens: str = ""


class Made(sparta.Model):
    """What was made."""

    last: str


def create(request: sparta.ResourceRequest[Rows]) -> Made:
    """Make the rows, then do what the properties say."""
    given, s3 = request.properties, boto3.client("s3")
    remove(given.prefix)
    for number in range(given.count):
        s3.put_object(Bucket=state.name, Key=f"{given.prefix}{number}", Body=b"row")
    if given.happens == "error":
        raise LookupError("as told")
    if given.happens == "sleep":
        time.sleep(30)
    return Made(last="x" * 5000 if given.happens == "large" else f"{given.prefix}{given.count - 1}")


def update(request: sparta.ResourceRequest[Rows]) -> Made:
    """Make others in place."""
    assert request.old_properties is not None
    return create(request)


def delete(request: sparta.ResourceRequest[Rows]) -> None:
    """Remove the rows."""
    remove(request.properties.prefix)


def remove(prefix: str) -> None:
    s3 = boto3.client("s3")
    for found in s3.list_objects_v2(Bucket=state.name, Prefix=prefix).get("Contents", []):
        s3.delete_object(Bucket=state.name, Key=found["Key"])


rows = sparta.custom_resource(
    create=create,
    update=update,
    delete=delete,
    name="rows",
    timeout_s=5,
    uses=[state.grant("PutObject", "DeleteObject", "ListBucket")],
)
table = rows("Table", Rows(count=3, prefix="table/", happens=""))


@sparta.function(uses=[table.read()])
def look() -> list[str]:
    """Read what the provider said."""
    return [table.returned.last, table.ref]


if __name__ == "__main__":
    sparta.main("Provided", functions=[look])
