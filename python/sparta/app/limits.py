"""Lambda's limits on one function and on what triggers it.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The minor versions that both Lambda and Sparta support."""
ARCHITECTURES = ("x86_64", "arm64")
MEMORY_MB = range(128, 10_240 + 1)
TIMEOUT_S = range(1, 900 + 1)
DESCRIPTION_CHARACTERS = 256
EPHEMERAL_STORAGE_MB = range(512, 10_240 + 1)
EVENT_AGE_S = range(60, 21_600 + 1)
RETRIES = range(2 + 1)
MAX_LAYERS = 5
MAX_SUBNETS = 16
MAX_SECURITY_GROUPS = 5
MAX_TAGS = 50
TAG_CHARACTERS = (128, 256)
"""Of a tag's name, and of its value."""

FLEXIBLE_MINUTES = range(1_441)
"""Of a schedule; 0 is on time.
https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html"""
DELIVERY_AGE_S = range(60, 86_401)
DELIVERY_RETRIES = range(186)
"""Of a rule or a schedule.
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html"""
DELIVERY_DESCRIPTION_CHARACTERS = 512
"""Of a rule or a schedule."""
