"""Triggers whose source is no resource of `sparta.aws`: where else events may come from."""

from __future__ import annotations

from sparta.triggers.clock import schedule

__all__ = ["schedule"]
