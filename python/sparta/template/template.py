"""The noun of this layer: one CloudFormation template, finished and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

FORMAT_VERSION = "2010-09-09"

Body = dict[str, Any]
"""One resource, output or parameter as CloudFormation reads it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A CloudFormation template and where each of its resources came from.

    Args:
        service: The application's name, which is also the stack's name.
        description: The template's description.
        parameters: Parameter name to its declaration.
        resources: Logical id to resource.
        outputs: Output name to output.
        mappings: Mapping name to its table.
        conditions: Condition name to what decides it.
        origins: Logical id to the user's file and line (`path:line`) that led to it.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
    """

    service: str
    description: str = ""
    parameters: dict[str, Body] = field(default_factory=dict)
    resources: dict[str, Body] = field(default_factory=dict)
    outputs: dict[str, Body] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, Body] = field(default_factory=dict)
    conditions: dict[str, Body] = field(default_factory=dict)

    def document(self) -> Body:
        """Return the template as CloudFormation reads it; empty sections are left out."""
        sections = {
            "AWSTemplateFormatVersion": FORMAT_VERSION,
            "Description": self.description,
            "Parameters": self.parameters,
            "Mappings": self.mappings,
            "Conditions": self.conditions,
            "Resources": self.resources,
            "Outputs": self.outputs,
        }
        return {name: section for name, section in sections.items() if section}

    def to_json(self, *, indent: bool = False) -> bytes:
        """Return the template as JSON; the same template gives the same bytes.

        Args:
            indent: Two spaces and a final newline, for people; compact for the upload otherwise.
        """
        options = orjson.OPT_SORT_KEYS
        if indent:
            options |= orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        return orjson.dumps(self.document(), option=options)
