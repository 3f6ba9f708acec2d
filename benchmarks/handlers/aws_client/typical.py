"""Three functions that share a module, boto3 and a validation library."""

import json

import boto3
from pydantic import BaseModel, ValidationError

s3 = boto3.client("s3")
BUCKET = "benchmark-uploads"
HEADERS = {"content-type": "application/json"}


class Item(BaseModel):
    sku: str
    quantity: int
    price_cents: int


class Address(BaseModel):
    street: str
    city: str
    postcode: str


class Order(BaseModel):
    reference: str
    items: list[Item]
    address: Address
    gift: bool = False
    note: str = ""


def handler(event, context):
    try:
        order = Order.model_validate_json(event["body"])
    except ValidationError as error:
        return {"statusCode": 400, "headers": HEADERS, "body": error.json()}
    customer = event["pathParameters"]["customer"]
    key = f"{customer}/{order.reference}"
    answer = {
        "id": key,
        "customer": customer,
        "lines": len(order.items),
        "city": order.address.city,
        "total_cents": sum(item.quantity * item.price_cents for item in order.items),
        "upload": s3.generate_presigned_url("put_object", Params={"Bucket": BUCKET, "Key": key}),
    }
    return {"statusCode": 201, "headers": HEADERS, "body": json.dumps(answer)}


def attachment(event, context):
    parameters = event["pathParameters"]
    key = f"{parameters['customer']}/{parameters['order']}"
    found = s3.get_object(Bucket=BUCKET, Key=key)
    return {"statusCode": 200, "body": found["Body"].read().decode()}


def census(event, context):
    return s3.list_objects_v2(Bucket=BUCKET)["KeyCount"]
