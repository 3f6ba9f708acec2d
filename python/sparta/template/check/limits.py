"""Rules on CloudFormation's own limits.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.template.check.subject import Subject

MAX_RESOURCES = 500
MAX_OUTPUTS = 200
MAX_PARAMETERS = 200
MAX_DESCRIPTION_BYTES = 1024
MAX_NAME_CHARACTERS = 255
"""For logical ids, output names and parameter names."""
MAX_INLINE_BYTES = 51_200
"""The largest template that goes into a request; a larger one goes by way of S3."""
MAX_UPLOADED_BYTES = 1_000_000
_NAMED = 5


def too_many(subject: Subject) -> Iterator[Problem]:
    """A template has at most 500 resources, 200 outputs and 200 parameters."""
    template = subject.template
    for name, section, limit in (
        ("resources", template.resources, MAX_RESOURCES),
        ("outputs", template.outputs, MAX_OUTPUTS),
        ("parameters", template.parameters, MAX_PARAMETERS),
    ):
        if len(section) > limit:
            yield Problem(
                f"the template has {len(section)} {name}, CloudFormation takes {limit}",
                where=template.service,
                fix="split the application into two services",
            )


def unusable_names(subject: Subject) -> Iterator[Problem]:
    """Logical ids, output and parameter names are 1 to 255 letters and digits."""
    template = subject.template
    for kind, section in (
        ("logical id", template.resources),
        ("output name", template.outputs),
        ("parameter name", template.parameters),
    ):
        for name in sorted(section):
            letters = name.isascii() and name.isalnum()
            if not letters or len(name) > MAX_NAME_CHARACTERS:
                yield subject.problem(
                    name,
                    f"{name!r} is not a valid {kind} ({len(name)} characters)",
                    f"use letters and digits, at most {MAX_NAME_CHARACTERS}; for a function or an "
                    "API, a shorter name",
                )


def too_large(subject: Subject) -> Iterator[Problem]:
    """The template's JSON is as small as the way it is sent demands."""
    template = subject.template
    size_bytes = len(template.to_json())
    if size_bytes <= subject.max_size_bytes:
        return
    sizes = {key: len(orjson.dumps(body)) for key, body in template.resources.items()}
    largest = sorted(sizes, key=lambda key: (-sizes[key], key))[:_NAMED]
    named = ", ".join(f"{key} {sizes[key]:,}" for key in largest)
    yield Problem(
        f"the template has {size_bytes:,} bytes, the limit is {subject.max_size_bytes:,}; "
        f"its largest resources: {named}",
        where=template.service,
        fix="split the application into two services"
        if subject.max_size_bytes >= MAX_UPLOADED_BYTES
        else "give a bucket to upload it to",
    )


def long_description(subject: Subject) -> Iterator[Problem]:
    """The template's description has at most 1,024 bytes."""
    size_bytes = len(subject.template.description.encode())
    if size_bytes > MAX_DESCRIPTION_BYTES:
        yield Problem(
            f"the application's description has {size_bytes:,} bytes",
            where=subject.template.service,
            fix=f"CloudFormation takes {MAX_DESCRIPTION_BYTES:,}",
        )


def unused_parameters(subject: Subject) -> Iterator[Problem]:
    """Every declared parameter is used, so that nobody fills one in for nothing."""
    used = {reference.target for reference in subject.references}
    for name in sorted(subject.template.parameters.keys() - used):
        yield Problem(
            f"parameter {name} is declared but not used",
            where=subject.template.service,
            fix="refer to it, or remove it",
        )
