"""Functions whose rights end where their ARN expressions and conditions do."""

import boto3

import sparta
from sparta import iam
from sparta.aws import Bucket, Index, Table

files = Bucket("Files", retain=False)
orders = Table("Orders", key="id", indexes={"by_day": Index("day")}, retain=False)
s3 = boto3.client("s3")
dynamodb = boto3.client("dynamodb")


@sparta.function(
    timeout_s=10,
    uses=[
        iam.allow("s3:PutObject").on(files.arn / "images/*"),
        iam.deny("s3:PutObject").on(files.arn / "images/secret/*"),
    ],
)
def store(event: dict[str, str]) -> str:
    """Store an object under the key it is given."""
    s3.put_object(Bucket=files.name, Key=event["key"], Body=b"x")
    return "stored"


@sparta.function(timeout_s=10, uses=[orders.grant("Query")])
def query(event: dict[str, str]) -> int:
    """Query the table's index."""
    found = dynamodb.query(
        TableName=orders.name,
        IndexName="by_day",
        KeyConditionExpression="#d = :d",
        ExpressionAttributeNames={"#d": "day"},
        ExpressionAttributeValues={":d": {"S": event["day"]}},
    )
    return int(found["Count"])


@sparta.function(
    timeout_s=10,
    uses=[
        iam.allow("s3:PutObject")
        .on(files.arn / "*")
        .when(StringEquals={"aws:RequestedRegion": "us-east-1"})
    ],
)
def here(event: dict[str, str]) -> str:
    """Store an object, as its condition lets it in the local AWS."""
    s3.put_object(Bucket=files.name, Key=event["key"], Body=b"x")
    return "stored"


@sparta.function(
    timeout_s=10,
    uses=[
        iam.allow("s3:PutObject")
        .on(files.arn / "*")
        .when(StringEquals={"aws:RequestedRegion": "nowhere-1"})
    ],
)
def elsewhere(event: dict[str, str]) -> str:
    """Store an object, which its condition never lets it."""
    s3.put_object(Bucket=files.name, Key=event["key"], Body=b"x")
    return "stored"


if __name__ == "__main__":
    sparta.main("Rights", functions=[store, query, here, elsewhere])
