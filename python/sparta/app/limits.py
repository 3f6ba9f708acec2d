"""Lambda's limits on one function.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

MEMORY_MB = range(128, 10_240 + 1)
TIMEOUT_S = range(1, 900 + 1)
DESCRIPTION_CHARACTERS = 256
