"""Application to CloudFormation template: pure, no files, no network, no AWS."""

from __future__ import annotations

from sparta.template.check import check
from sparta.template.synthesize import synthesize
from sparta.template.template import Template

__all__ = ["Template", "check", "synthesize"]
