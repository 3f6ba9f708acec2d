"""CloudFormation resources of any type, as values."""

from __future__ import annotations

from sparta.cfn.resource import Resource

__all__ = ["Resource"]
