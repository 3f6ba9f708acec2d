"""Checks an order by hand: the least work there is, for subjects that bring no validation."""

LINE = {"sku": str, "quantity": int, "price_cents": int}
ADDRESS = {"street": str, "city": str, "postcode": str}
ORDER = {"reference": str, "items": list, "address": dict}


class InvalidOrderError(ValueError):
    """What was sent is no order; the text names the field."""


def placed(customer, expand, body):
    """Return the answer to an order, or raise InvalidOrderError."""
    check(body, ORDER, "body")
    check(body["address"], ADDRESS, "body.address")
    if type(body.get("gift", False)) is not bool or type(body.get("note", "")) is not str:
        raise InvalidOrderError("body.gift, body.note: unexpected type")
    for number, line in enumerate(body["items"]):
        check(line, LINE, f"body.items[{number}]")
    answer = {
        "id": f"{customer}/{body['reference']}",
        "customer": customer,
        "lines": len(body["items"]),
        "city": body["address"]["city"],
    }
    if expand == "total":
        answer["total_cents"] = sum(one["quantity"] * one["price_cents"] for one in body["items"])
    return answer


def check(value, fields, where):
    """Raise unless `value` is an object with these fields, each of its type."""
    if type(value) is not dict:
        raise InvalidOrderError(f"{where}: expected object")
    for name, kind in fields.items():
        if type(value.get(name)) is not kind:
            raise InvalidOrderError(f"{where}.{name}: expected {kind.__name__}")
