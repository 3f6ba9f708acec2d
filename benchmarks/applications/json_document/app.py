"""Sends a large document back, with the count of its records."""

import sparta


@sparta.function(memory_mb=512)
def handler(event: dict[str, list[object]]) -> dict[str, object]:
    """Count the records."""
    return {"count": len(event["records"]), "records": event["records"]}


if __name__ == "__main__":
    sparta.main("Benchmark", "Sends a document back", functions=[handler])
