"""The attribute that stands for CloudFormation's `Ref`; every other one is a `Fn::GetAtt`."""

from __future__ import annotations

REF = "Ref"
