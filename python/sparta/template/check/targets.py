"""Rules on references: what they name exists, has that attribute, and does not lead back."""

from __future__ import annotations

from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from sparta.template.check.references import unguarded_ids
from sparta.template.check.stubs import resource_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.errors import Problem
    from sparta.template.check.subject import Subject

PSEUDO_PARAMETERS = frozenset(
    f"AWS::{name}"
    for name in (
        "AccountId",
        "NoValue",
        "NotificationARNs",
        "Partition",
        "Region",
        "StackId",
        "StackName",
        "URLSuffix",
    )
)
"""Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html"""


def unknown_targets(subject: Subject) -> Iterator[Problem]:
    """What is referred to is a resource; for Ref and Fn::Sub, a parameter will do."""
    resources = subject.template.resources.keys()
    named = resources | subject.template.parameters.keys() | PSEUDO_PARAMETERS
    for reference in dict.fromkeys(subject.references):
        by_name = reference.kind != "DependsOn" and not reference.attribute
        known = named if by_name else resources
        if reference.target not in known:
            close = get_close_matches(reference.target, sorted(known), n=1)
            yield subject.problem(
                reference.source or "Outputs",
                f"{reference.kind} names {reference.target}, which is not in the template",
                f"did you mean {close[0]}?"
                if close
                else "pass that resource to sparta.main in resources=, or remove the reference",
            )


def unknown_attributes(subject: Subject) -> Iterator[Problem]:
    """The resource returns the attribute, as far as its type is known here."""
    for reference in dict.fromkeys(subject.references):
        kind = subject.type_of(reference.target)
        found = resource_type(kind) if reference.attribute else None
        known = found.attributes if found else None
        if known is not None and reference.attribute not in known:
            yield subject.problem(
                reference.source or "Outputs",
                f"{reference.target} ({kind}) has no attribute {reference.attribute}",
                f"it has {', '.join(sorted(known)) or 'none'}",
            )


def missing_conditions(subject: Subject) -> Iterator[Problem]:
    """What is always made refers to nothing that is made under a condition only."""
    template = subject.template
    conditional = {
        logical_id: body["Condition"]
        for logical_id, body in template.resources.items()
        if "Condition" in body
    }
    for part in (template.resources, template.outputs) if conditional else ():
        for name, body in part.items():
            needed = () if "Condition" in body else unguarded_ids(body) & conditional.keys()
            for target in sorted(needed):
                condition = conditional[target]
                yield subject.problem(
                    name,
                    f"refers to {target}, which is made only where {condition} holds",
                    f"give it the condition {condition} too, write cfn.If({condition}, ..., "
                    f"cfn.NO_VALUE), or make {target} in every case",
                )


def circular_dependencies(subject: Subject) -> Iterator[Problem]:
    """No resource needs itself, by whatever detour."""
    resources = subject.template.resources
    needs: dict[str, set[str]] = {logical_id: set() for logical_id in sorted(resources)}
    for reference in subject.references:
        if reference.source and reference.target in resources:
            needs[reference.source].add(reference.target)
    while cycle := _cycle(needs):
        path = " -> ".join([*cycle, cycle[0]])
        yield subject.problem(
            cycle[0],
            f"circular dependency: {path}",
            "break one of these references, such as by a physical name in place of a token",
        )
        needs[cycle[0]].discard(cycle[1 % len(cycle)])


def _cycle(needs: dict[str, set[str]]) -> list[str]:
    """Return one circle of needs, each element needing the next, from the smallest id on."""
    ordered = {logical_id: sorted(needs[logical_id]) for logical_id in sorted(needs)}
    try:
        TopologicalSorter(ordered).prepare()
    except CycleError as error:
        # graphlib names each before the one that needs it, and the first one twice.
        circle: list[str] = error.args[1][:0:-1]
        start = circle.index(min(circle))
        return circle[start:] + circle[:start]
    return []
