"""What unit tests of an application use: resources with real names, outside Lambda."""

from __future__ import annotations

from sparta.testing.discovery import discovery
from sparta.testing.values import values

__all__ = ["discovery", "values"]
