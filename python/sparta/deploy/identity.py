"""Whose AWS it is: account, region and, for the local one, its address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, and of which AWS.

    Args:
        account: Twelve digits.
        arn: The user or role that asks.
        region: Such as `eu-west-1`.
        endpoint_url: The local AWS's address; None for Amazon's.
    """

    account: str
    arn: str
    region: str
    endpoint_url: str | None = None
