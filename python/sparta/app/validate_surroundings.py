"""Checks what a function runs in: its network, its file system, its log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sparta.app.limits import MAX_SECURITY_GROUPS, MAX_SUBNETS
from sparta.app.surroundings import FileSystem, Logging, Vpc
from sparta.app.text_forms import (
    ACCESS_POINT_ARN,
    LOG_GROUP,
    MOUNT_PATH,
    SECURITY_GROUP,
    SUBNET,
    has_form,
)
from sparta.cfn.resource import Resource
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.function import Function

_KINDS = {"file_system": FileSystem, "logging": Logging, "vpc": Vpc}
_LEVELS = {
    "application_level": ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
    "system_level": ("DEBUG", "INFO", "WARN"),
}
LOG_GROUP_TYPE = "AWS::Logs::LogGroup"


def surrounding_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    """Yield everything that is wrong with a function's network, file system and log."""
    for name, kind in _KINDS.items():
        value = function.options.get(name)
        if name in function.options and not isinstance(value, kind):
            what = f"{name}={value!r} of {function.name!r} is not what it takes"
            fix = f"give a sparta.{kind.__name__}(...)"
            yield Problem(what, where=function.declared_at, fix=fix)
        elif isinstance(value, Vpc):
            yield from _vpc_problems(value)
        elif isinstance(value, FileSystem):
            yield from _file_system_problems(value)
        elif isinstance(value, Logging):
            yield from _logging_problems(value)
            if value.group is not None and "log_retention_days" in function.options:
                what = f"log_retention_days= of {function.name!r} beside a log group of your own"
                fix = "set the retention where the group is made"
                yield Problem(what, where=function.declared_at, fix=fix)


def _vpc_problems(vpc: Vpc) -> Iterator[Problem]:
    for name, ids, pattern, most in (
        ("subnet_ids", vpc.subnet_ids, SUBNET, MAX_SUBNETS),
        ("security_group_ids", vpc.security_group_ids, SECURITY_GROUP, MAX_SECURITY_GROUPS),
    ):
        given: object = ids
        if isinstance(given, str) or not isinstance(given, Sequence) or not 0 < len(given) <= most:
            what = f"{name}={given!r} of the Vpc is not a list of ids"
            yield Problem(what, where=vpc.declared_at, fix=f"give a list of 1 to {most}")
            continue
        for each in given:
            if not has_form(each, pattern):
                what = f"{each!r} in {name} of the Vpc is not an id"
                fix = f"give one like {pattern.partition('[')[0]}0a1b2c3d, or a token"
                yield Problem(what, where=vpc.declared_at, fix=fix)
    if not isinstance(vpc.ipv6, bool):
        what = f"ipv6={vpc.ipv6!r} of the Vpc"
        yield Problem(what, where=vpc.declared_at, fix="use True or False")


def _file_system_problems(file_system: FileSystem) -> Iterator[Problem]:
    place = file_system.declared_at
    if not has_form(file_system.access_point_arn, ACCESS_POINT_ARN):
        what = f"{file_system.access_point_arn!r} is not the ARN of an EFS access point"
        fix = "write arn:aws:elasticfilesystem:REGION:ACCOUNT:access-point/fsap-..., or a token"
        yield Problem(what, where=place, fix=fix)
    if not has_form(file_system.mount_path, MOUNT_PATH):
        what = f"mount_path={file_system.mount_path!r} of the FileSystem"
        yield Problem(what, where=place, fix="write /mnt/ and one name, 160 characters at most")
    if not isinstance(file_system.read_only, bool):
        what = f"read_only={file_system.read_only!r} of the FileSystem"
        yield Problem(what, where=place, fix="use True or False")


def _logging_problems(logging: Logging) -> Iterator[Problem]:
    place = logging.declared_at
    if logging.format not in ("Text", "JSON"):
        what = f"format={logging.format!r} of Logging"
        yield Problem(what, where=place, fix="use 'Text' or 'JSON'")
    for name, allowed in _LEVELS.items():
        level = getattr(logging, name)
        if level is not None and level not in allowed:
            what = f"{name}={level!r} of Logging"
            yield Problem(what, where=place, fix=f"use one of {', '.join(allowed)}")
        elif level is not None and logging.format == "Text":
            what = f"{name}={level!r} of Logging has no effect on a log in Text"
            yield Problem(what, where=place, fix="add format='JSON', or leave it out")
    group = logging.group
    is_group = isinstance(group, Resource) and group.type == LOG_GROUP_TYPE
    if group is not None and not is_group and not has_form(group, LOG_GROUP):
        what = f"group={group!r} of Logging is not a log group"
        yield Problem(what, where=place, fix=f"give its name, or a resource of {LOG_GROUP_TYPE}")
