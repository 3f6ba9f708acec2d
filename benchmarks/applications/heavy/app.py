"""Imports pandas to compute a mean: what large dependencies cost."""

from typing import Any

import pandas as pd  # type: ignore[import-untyped] # packaged, not installed here

import sparta


@sparta.function(memory_mb=512, timeout_s=30)
def handler(event: dict[str, Any]) -> dict[str, Any]:
    """Compute the mean."""
    numbers = pd.Series(event["numbers"])
    return {"count": len(numbers), "mean": float(numbers.mean())}


if __name__ == "__main__":
    sparta.main("Benchmark", "Computes a mean", functions=[handler])
