"""Takes orders over HTTP: path, query, and a body that is decoded and checked by its type."""

import sparta


class Item(sparta.Model):
    """One line of an order."""

    sku: str
    quantity: int
    price_cents: int


class Address(sparta.Model):
    """Where it goes."""

    street: str
    city: str
    postcode: str


class Order(sparta.Model):
    """What a customer sends."""

    reference: str
    items: list[Item]
    address: Address
    gift: bool = False
    note: str = ""


@sparta.function()
def handler(request: sparta.Request[Order]) -> sparta.Response:
    """Take an order."""
    order, customer = request.body, request.path_parameters["customer"]
    answer: dict[str, str | int] = {
        "id": f"{customer}/{order.reference}",
        "customer": customer,
        "lines": len(order.items),
        "city": order.address.city,
    }
    if request.query.get("expand") == "total":
        answer["total_cents"] = sum(item.quantity * item.price_cents for item in order.items)
    return sparta.Response(answer, status=201)


api = sparta.HttpApi("orders").post("/customers/{customer}/orders", handler)

if __name__ == "__main__":
    sparta.main("Benchmark", "Takes orders", api=api)
