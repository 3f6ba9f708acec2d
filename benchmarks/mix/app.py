"""The same two functions in Python and in Rust, for `benchmarks/rust_functions.py`."""

import sparta.native as sparta

rust = sparta.RustCrate("./native")
rust_hello = rust.function("hello", name="rust_hello")
rust_order = rust.function("order", name="rust_order")


class Order(sparta.Model):
    """What the benchmarks' event holds."""

    sku: str
    qty: int


@sparta.function()
def python_hello() -> str:
    """Greet."""
    return "Hello World"


@sparta.function()
def python_order(request: sparta.Request[Order]) -> dict[str, str | int]:
    """Price an order."""
    return {"sku": request.body.sku, "total_cents": request.body.qty * 120}


if __name__ == "__main__":
    functions = [rust_hello, rust_order, python_hello, python_order]
    sparta.main("Mix", "Benchmarks", functions=functions)
