"""Triggers whose source is no resource of `sparta.aws`: where else events may come from."""

from __future__ import annotations

from sparta.triggers.clock import schedule
from sparta.triggers.compliance import config_rule
from sparta.triggers.event_rule import rule
from sparta.triggers.existing_topic import topic
from sparta.triggers.receipt import email
from sparta.triggers.repository import codecommit

__all__ = ["codecommit", "config_rule", "email", "rule", "schedule", "topic"]
