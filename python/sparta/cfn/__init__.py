"""CloudFormation resources of any type, as values, and what templates have beside them."""

from __future__ import annotations

from sparta.cfn.condition import NO_VALUE, And, Condition, Equals, If, Not, Or, Predicate
from sparta.cfn.functions import (
    Base64,
    GetAtt,
    GetAZs,
    ImportValue,
    Join,
    Ref,
    Select,
    Split,
    Sub,
)
from sparta.cfn.mapping import FindInMap, Mapping
from sparta.cfn.output import Output
from sparta.cfn.parameter import Parameter
from sparta.cfn.resource import Resource

__all__ = [
    "NO_VALUE",
    "And",
    "Base64",
    "Condition",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "If",
    "ImportValue",
    "Join",
    "Mapping",
    "Not",
    "Or",
    "Output",
    "Parameter",
    "Predicate",
    "Ref",
    "Resource",
    "Select",
    "Split",
    "Sub",
]
