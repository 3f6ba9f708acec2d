"""Checks queues and streams themselves: what AWS would refuse of their settings.

Sources: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.aws.queue import Queue
from sparta.aws.stream import Stream
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.cfn.resource import Resource

_QUEUE = {
    "visibility_timeout_s": range(43_200 + 1),
    "retention_s": range(60, 1_209_600 + 1),
    "max_receives": range(1, 1_000 + 1),
}
_STREAM = {"retention_hours": range(24, 8_760 + 1), "shards": range(1, 20_000 + 1)}
_SUFFIX = ".fifo"


def source_problems(resources: Iterable[Resource]) -> Iterator[Problem]:
    """Yield what is wrong with the settings of queues and streams."""
    for resource in resources:
        found: Iterator[tuple[str, str]] = iter(())
        if isinstance(resource, Queue):
            found = _queue(resource)
        elif isinstance(resource, Stream):
            found = _ranges(resource, _STREAM)
        for what, fix in found:
            yield Problem(f"{resource.logical_id}: {what}", where=resource.declared_at, fix=fix)


def _ranges(resource: Resource, ranges: dict[str, range]) -> Iterator[tuple[str, str]]:
    for name, allowed in ranges.items():
        value: object = getattr(resource, name)
        if value is None and name == "shards":
            continue
        if type(value) is not int or value not in allowed:
            fix = f"use a whole number from {allowed.start} to {allowed.stop - 1}"
            yield f"{name}={value!r} is out of range", fix


def _queue(queue: Queue) -> Iterator[tuple[str, str]]:
    yield from _ranges(queue, _QUEUE)
    if queue.deduplicate_by_content and not queue.fifo:
        yield "deduplicate_by_content=True of a standard queue", "add fifo=True, or leave it out"
    name = queue.physical_name
    if name and str(name).endswith(_SUFFIX) != queue.fifo:
        fix = f"names of FIFO queues end in {_SUFFIX}, others do not"
        yield f"physical_name={name!r} with fifo={queue.fifo}", fix
    dead = queue.dead_letter
    if dead is not None and dead.fifo != queue.fifo:
        what = f"its dead letter queue {dead.logical_id} has fifo={dead.fifo}, it has {queue.fifo}"
        yield what, "a FIFO queue has a FIFO one, a standard queue a standard one"
