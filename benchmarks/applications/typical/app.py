"""Three functions that share a module, boto3 and a validation library, as many do."""

from typing import Any

import boto3
from pydantic import BaseModel

import sparta
from sparta.aws import Bucket

uploads = Bucket("Uploads")
s3 = boto3.client("s3")


class Item(BaseModel):
    """One line of an order."""

    sku: str
    quantity: int
    price_cents: int


class Address(BaseModel):
    """Where it goes."""

    street: str
    city: str
    postcode: str


class Order(BaseModel):
    """What a customer sends."""

    reference: str
    items: list[Item]
    address: Address
    gift: bool = False
    note: str = ""


@sparta.function(uses=[uploads.grant("PutObject")])
def handler(request: sparta.Request[Order]) -> sparta.Response:
    """Take an order, and say where its attachment can be put."""
    order, customer = request.body, request.path_parameters["customer"]
    key = f"{customer}/{order.reference}"
    answer = {
        "id": key,
        "customer": customer,
        "lines": len(order.items),
        "city": order.address.city,
        "total_cents": sum(item.quantity * item.price_cents for item in order.items),
        "upload": s3.generate_presigned_url(
            "put_object", Params={"Bucket": "benchmark-uploads", "Key": key}
        ),
    }
    return sparta.Response(answer, status=201)


@sparta.function(uses=[uploads.grant("GetObject")])
def attachment(request: sparta.Request[None]) -> sparta.Response:
    """Send an attachment back."""
    key = f"{request.path_parameters['customer']}/{request.path_parameters['order']}"
    found = s3.get_object(Bucket="benchmark-uploads", Key=key)
    return sparta.Response(found["Body"].read())


@sparta.function(uses=[uploads.grant("ListBucket")])
def census(event: dict[str, Any]) -> int:
    """Count what was uploaded."""
    return int(s3.list_objects_v2(Bucket="benchmark-uploads")["KeyCount"])


api = (
    sparta.HttpApi("orders")
    .post("/customers/{customer}/orders", handler)
    .get("/customers/{customer}/orders/{order}", attachment)
)

if __name__ == "__main__":
    sparta.main("Benchmark", "Takes orders, keeps attachments", functions=[census], api=api)
