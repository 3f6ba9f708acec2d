"""What a function asks of Lambda itself, as properties of AWS::Lambda::Function."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.destination import arn_of
from sparta.app.settings import Settings, settings_of
from sparta.cfn.resource import Resource

if TYPE_CHECKING:
    from sparta.app.function import Function
    from sparta.app.surroundings import FileSystem, Logging, Vpc
    from sparta.template.template import Body


def setting_properties(function: Function[Any, Any]) -> Body:
    """Return the properties; what is AWS's default is left out."""
    settings = settings_of(function)
    properties = {**_values(settings), **_surroundings(settings)}
    return {name: value for name, value in properties.items() if value is not None}


def _values(settings: Settings) -> Body:
    default, target = Settings(), settings.dead_letter
    size_mb, recursion = settings.ephemeral_storage_mb, settings.recursion
    return {
        "DeadLetterConfig": None if target is None else {"TargetArn": arn_of(target)},
        "EphemeralStorage": _unless(default.ephemeral_storage_mb, size_mb, {"Size": size_mb}),
        "KmsKeyArn": settings.kms_key,
        "Layers": list(settings.layers) or None,
        "RecursiveLoop": _unless(default.recursion, recursion, recursion),
        "ReservedConcurrentExecutions": settings.reserved_concurrency,
        "SnapStart": {"ApplyOn": "PublishedVersions"} if settings.snap_start else None,
        "Tags": [{"Key": key, "Value": settings.tags[key]} for key in sorted(settings.tags)]
        or None,
        "TracingConfig": _unless(default.tracing, settings.tracing, {"Mode": settings.tracing}),
    }


def _surroundings(settings: Settings) -> Body:
    return {
        "FileSystemConfigs": settings.file_system and [_file_system(settings.file_system)],
        "LoggingConfig": settings.logging and _logging(settings.logging),
        "VpcConfig": settings.vpc and _vpc(settings.vpc),
    }


def own_log_group(function: Function[Any, Any]) -> str | None:
    """Return the log group that the author named; None where the function gets its own."""
    logging = settings_of(function).logging
    group = logging.group if logging else None
    return group.ref if isinstance(group, Resource) else group


def _unless(default: object, value: object, body: Any) -> Any:  # noqa: ANN401 - any JSON
    return None if value == default else body


def _vpc(vpc: Vpc) -> Body:
    body: Body = {
        "SecurityGroupIds": list(vpc.security_group_ids),
        "SubnetIds": list(vpc.subnet_ids),
    }
    if vpc.ipv6:
        body["Ipv6AllowedForDualStack"] = True
    return body


def _file_system(file_system: FileSystem) -> Body:
    return {"Arn": file_system.access_point_arn, "LocalMountPath": file_system.mount_path}


def _logging(logging: Logging) -> Body:
    group = logging.group
    body = {
        "LogFormat": logging.format,
        "ApplicationLogLevel": logging.application_level,
        "SystemLogLevel": logging.system_level,
        "LogGroup": group.ref if isinstance(group, Resource) else group,
    }
    return {name: value for name, value in body.items() if value is not None}
