"""Greets: a plain event in, a plain answer out."""

import sparta


@sparta.function()
def handler(event: dict[str, object]) -> dict[str, object]:
    """Greet."""
    return {"statusCode": 200, "body": "Hello"}


if __name__ == "__main__":
    sparta.main("Benchmark", "Greets", functions=[handler])
