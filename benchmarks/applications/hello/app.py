"""Greets: a plain event in, a plain answer out."""

from typing import Any

import sparta


@sparta.function()
def handler(event: dict[str, Any]) -> dict[str, Any]:
    """Greet."""
    return {"statusCode": 200, "body": "Hello"}


if __name__ == "__main__":
    sparta.main("Benchmark", "Greets", functions=[handler])
