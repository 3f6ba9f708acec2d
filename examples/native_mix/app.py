"""A shop with functions in Python and in Rust: one stack, one archive, one native library."""

import sparta.native as sparta
from sparta.aws import Table

prices = Table("Prices", key="sku")

rust = sparta.RustCrate("./native")

quote = rust.function("quote", memory_mb=128, uses=[prices.grant("GetItem")])
quote_online = rust.function("quote_online", name="Quote online")


@sparta.function(uses=[prices.grant("GetItem")])
def greet(event: dict[str, str]) -> dict[str, str]:
    """Greet a customer."""
    return {"text": f"Hello {event['name']}", "table": prices.name}


api = sparta.HttpApi("shop").post("/quotes", quote_online)

if __name__ == "__main__":
    sparta.main("NativeMix", "Functions in Python and in Rust", functions=[quote, greet], api=api)
