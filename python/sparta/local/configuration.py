"""What Lambda knows of a function, as far as an execution environment depends on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

TASK_ROOT = "/var/task"


@dataclass(frozen=True, slots=True)
class FunctionConfiguration:
    """Named and shaped after the API's FunctionConfiguration.

    Args:
        handler: "module.attribute".
        runtime: Such as "python3.12".
        function_name: Without the account and region.
        function_arn: With the qualifier it was invoked by.
        version: "$LATEST" or a published number.
        timeout_s: 1 to 900.
        memory_mb: 128 to 10,240; a process that takes more is killed.
        environment: The function's own variables.
        log_format: "Text" or "JSON".
        log_level: Of the application's log; empty leaves it to the runtime.
        traced: Whether the trace header says that it is sampled (TracingConfig "Active").
        layers: The ARNs of its layers' versions, in their order.

    Source: https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
    """

    handler: str
    runtime: str
    function_name: str = "local"
    function_arn: str = "arn:aws:lambda:us-east-1:123456789012:function:local"
    version: str = "$LATEST"
    timeout_s: float = 3.0
    memory_mb: int = 128
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    log_format: str = "Text"
    log_level: str = ""
    traced: bool = False
    layers: tuple[str, ...] = ()

    @classmethod
    def of_api(cls, config: Mapping[str, Any]) -> Self:
        """Return the value for the JSON object that Lambda's API answers with."""
        logging = config.get("LoggingConfig") or {}
        return cls(
            handler=config.get("Handler", ""),
            runtime=config.get("Runtime", ""),
            function_name=config["FunctionName"],
            function_arn=config["FunctionArn"],
            version=config.get("Version", "$LATEST"),
            timeout_s=float(config.get("Timeout", 3)),
            memory_mb=int(config.get("MemorySize", 128)),
            environment=(config.get("Environment") or {}).get("Variables") or {},
            log_format=logging.get("LogFormat", "Text"),
            log_level=logging.get("ApplicationLogLevel", ""),
            traced=(config.get("TracingConfig") or {}).get("Mode") == "Active",
            layers=tuple(_arn(layer) for layer in config.get("Layers") or ()),
        )

    @property
    def region(self) -> str:
        """The region, out of the function's ARN."""
        return self.function_arn.split(":")[3]

    @property
    def log_group_name(self) -> str:
        """The group that Lambda logs to unless it is told another one."""
        return f"/aws/lambda/{self.function_name}"


def _arn(layer: Mapping[str, Any] | str) -> str:
    return layer if isinstance(layer, str) else str(layer.get("Arn", ""))
