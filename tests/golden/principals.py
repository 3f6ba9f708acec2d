"""Permissions of principals, for what Sparta does not set up."""

from typing import Any

import sparta
from sparta import events, triggers
from sparta.aws import Bucket

uploads = Bucket("Uploads")


@sparta.function(
    on=(
        triggers.principal(
            "s3.amazonaws.com", source_arn=uploads.arn, source_account="123456789012"
        ),
        triggers.principal("123456789012"),
    )
)
def take(event: events.S3) -> None:
    """Take objects."""


@sparta.function(on=triggers.principal("*", organization="o-a1b2c3d4e5"))
def shared(event: dict[str, Any]) -> None:
    """Serve the organization."""


if __name__ == "__main__":
    sparta.main("Principals", "Is invoked", functions=[take, shared])
