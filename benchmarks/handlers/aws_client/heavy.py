"""Imports pandas to compute a mean."""

import pandas as pd


def handler(event, context):
    numbers = pd.Series(event["numbers"])
    return {"count": len(numbers), "mean": float(numbers.mean())}
