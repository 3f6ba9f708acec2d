"""What a function runs in: `Vpc`, `FileSystem` and `Logging`, as values for its options."""

from __future__ import annotations

from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from sparta.cfn.resource import Resource


class Vpc:
    """The network that a function runs in.

    Args:
        subnet_ids: 1 to 16 subnets, by id; text may hold tokens.
        security_group_ids: 1 to 5 security groups, by id; text may hold tokens.
        ipv6: Whether it may send IPv6 traffic too; its subnets have to be dual-stack.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """

    __slots__ = ("declared_at", "ipv6", "security_group_ids", "subnet_ids")

    def __init__(
        self, subnet_ids: Sequence[str], security_group_ids: Sequence[str], *, ipv6: bool = False
    ) -> None:
        self.subnet_ids = subnet_ids
        self.security_group_ids = security_group_ids
        self.ipv6 = ipv6
        self.declared_at = declared_at()


class FileSystem:
    """An EFS file system, mounted in a function that runs in its network.

    Args:
        access_point_arn: The ARN of one of its access points; may be a token.
        mount_path: Where the function finds it: `/mnt/` and a name.
        read_only: Whether the function may only read; else it may write too.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html
    """

    __slots__ = ("access_point_arn", "declared_at", "mount_path", "read_only")

    def __init__(self, access_point_arn: str, mount_path: str, *, read_only: bool = False) -> None:
        self.access_point_arn = access_point_arn
        self.mount_path = mount_path
        self.read_only = read_only
        self.declared_at = declared_at()


class Logging:
    """How Lambda writes a function's log, and where to.

    Args:
        format: `Text`, or `JSON`: one object for each line, filtered by level.
        application_level: The least level of the function's own lines; with `JSON` only.
        system_level: The least level of Lambda's lines (START, REPORT, ...); with `JSON` only.
        group: A log group that exists or that the application declares: its name, or the resource.
            Sparta then makes none, and sets no retention.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
    """

    __slots__ = ("application_level", "declared_at", "format", "group", "system_level")

    def __init__(
        self,
        format: Literal["Text", "JSON"] = "Text",  # noqa: A002 - Lambda's own word
        *,
        application_level: Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"]
        | None = None,
        system_level: Literal["DEBUG", "INFO", "WARN"] | None = None,
        group: str | Resource | None = None,
    ) -> None:
        self.format = format
        self.application_level = application_level
        self.system_level = system_level
        self.group = group
        self.declared_at = declared_at()
