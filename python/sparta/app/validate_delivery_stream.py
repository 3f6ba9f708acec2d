"""Checks delivery streams, and how functions transform their records.

Sources: https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html
https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sparta.app.validate_delivery import unknown_options
from sparta.aws.bucket import Bucket
from sparta.aws.delivery_stream import DeliveryStream
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.aws.delivery_stream import RecordTransformation
    from sparta.cfn.resource import Resource

COMPRESSIONS = ("GZIP", "HADOOP_SNAPPY", "Snappy", "UNCOMPRESSED", "ZIP")
PARTITIONED_MB = 64
PREFIX_CHARACTERS = 1_024
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_BUFFERS = {"buffer_mb": (1, 128), "buffer_s": (0, 900)}
_PROCESSING = {"buffer_mb": (0.2, 3), "buffer_s": (0, 900), "retries": (0, 300)}


def transformation_problems(trigger: RecordTransformation) -> Iterator[Problem]:
    """Yield what is wrong with how records are handed over."""
    place, options = trigger.declared_at, trigger.options
    yield from unknown_options(options, frozenset(_PROCESSING), place)
    for name, (least, most) in _PROCESSING.items():
        value = options.get(name)
        whole = name != "buffer_mb"
        if value is not None and not _is_between(value, least, most, whole=whole):
            fix = f"use a number from {least} to {most}"
            yield Problem(f"{name}={value!r} is out of range", where=place, fix=fix)


def delivery_stream_problems(resources: Iterable[Resource]) -> Iterator[Problem]:
    """Yield what is wrong with the settings of delivery streams."""
    for resource in resources:
        if isinstance(resource, DeliveryStream):
            for what, fix in _found(resource):
                yield Problem(f"{resource.logical_id}: {what}", where=resource.declared_at, fix=fix)


def _found(stream: DeliveryStream) -> Iterator[tuple[str, str]]:
    bucket: object = stream.bucket
    if not isinstance(bucket, Bucket):
        yield f"bucket={bucket!r} is no bucket of the application", "give a Bucket"
    for name, (least, most) in _BUFFERS.items():
        value: object = getattr(stream, name)
        if not _is_between(value, least, most, whole=True):
            yield f"{name}={value!r} is out of range", f"use a whole number from {least} to {most}"
    if stream.compression not in COMPRESSIONS:
        yield f"compression={stream.compression!r} is not known", f"use one of {COMPRESSIONS}"
    own_name: object = stream.physical_name
    if own_name is not None and not _is_name(own_name):
        fix = "use 1 to 64 letters, digits, `_`, `.` and `-`"
        yield f"physical_name={own_name!r} is not allowed", fix
    for option in ("prefix", "error_prefix"):
        prefix: object = getattr(stream, option)
        if not isinstance(prefix, str) or len(str(prefix)) > PREFIX_CHARACTERS:
            fix = f"give a text of at most {PREFIX_CHARACTERS:,} characters"
            yield f"{option}= is no text, or too long", fix
    yield from _partitioning(stream)


def _partitioning(stream: DeliveryStream) -> Iterator[tuple[str, str]]:
    partitioned: object = stream.dynamic_partitioning
    if not isinstance(partitioned, bool):
        yield f"dynamic_partitioning={partitioned!r} is neither True nor False", ""
    elif partitioned:
        size: object = stream.buffer_mb
        if isinstance(size, int) and size < PARTITIONED_MB:
            fix = f"use {PARTITIONED_MB} at least"
            yield f"dynamic_partitioning=True beside buffer_mb={size}", fix
        if "partitionKeyFrom" not in str(stream.prefix):
            fix = "name a key in it: !{partitionKeyFromLambda:country}"
            yield "dynamic_partitioning=True, and the prefix names no partition key", fix


def _is_name(name: object) -> bool:
    return isinstance(name, str) and (has_marker(name) or _NAME.fullmatch(name) is not None)


def _is_between(value: object, least: float, most: float, *, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return False
    return least <= value <= most
