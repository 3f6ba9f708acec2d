"""Powertools' resolver for HTTP APIs, with its validation: the body is a pydantic model."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from pydantic import BaseModel

app = APIGatewayHttpResolver(enable_validation=True)


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


class Placed(BaseModel):
    id: str
    customer: str
    lines: int
    city: str
    total_cents: int | None


@app.get("/hello")
def hello() -> Response[str]:
    return Response(200, "text/plain", "Hello")


@app.post("/customers/<customer>/orders")
def create_order(customer: str, order: Order, expand: str = "") -> Response[Placed]:
    total = sum(item.quantity * item.price_cents for item in order.items)
    answer = Placed(
        id=f"{customer}/{order.reference}",
        customer=customer,
        lines=len(order.items),
        city=order.address.city,
        total_cents=total if expand == "total" else None,
    )
    return Response(201, "application/json", answer)


def handler(event, context):
    return app.resolve(event, context)
