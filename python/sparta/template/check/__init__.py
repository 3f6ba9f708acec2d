"""Our own checker, before any call: what AWS would refuse, or accept and then not do.

Each rule is one small function; `RULES` is all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.check import (
    functions,
    limits,
    mappings,
    privileges,
    properties,
    sources,
    targets,
)
from sparta.template.check.subject import Rule, Subject

if TYPE_CHECKING:
    from sparta.errors import Problem
    from sparta.template.template import Template

__all__ = ["RULES", "check"]

RULES: tuple[Rule, ...] = (
    targets.unknown_targets,
    targets.unknown_attributes,
    targets.missing_conditions,
    targets.circular_dependencies,
    properties.wrong_properties,
    limits.unusable_names,
    limits.too_many,
    limits.too_large,
    limits.long_description,
    limits.unused_parameters,
    functions.memory_out_of_range,
    functions.timeout_out_of_range,
    functions.duplicate_function_names,
    functions.long_names,
    functions.large_environments,
    sources.missing_permissions,
    sources.schedules_without_rights,
    sources.repeated_sources,
    mappings.mappings_without_rights,
    mappings.impatient_queues,
    privileges.wildcard_actions,
    privileges.everything_as_resource,
    privileges.large_policies,
)


def check(template: Template, *, max_size_bytes: int = limits.MAX_UPLOADED_BYTES) -> list[Problem]:
    """Return everything that is wrong with a template, each with the user's file and line.

    Args:
        template: The template.
        max_size_bytes: How large it may be: 1,000,000 by way of S3, 51,200 within a request.
    """
    subject = Subject.of(template, max_size_bytes)
    return [problem for rule in RULES for problem in rule(subject)]
