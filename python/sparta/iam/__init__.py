"""What a function may do: statements, and grants that tie statements to a resource."""

from __future__ import annotations

from sparta.iam.builder import allow, arn, deny
from sparta.iam.statement import Statement

__all__ = ["Statement", "allow", "arn", "deny"]
