"""`sparta.Context`: what Lambda tells a handler about the invocation.

Inside Lambda the runtime passes its own object with these attributes (AWS's client its
LambdaContext, the native core its equal); this class is their type, and the one to make in tests.
https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Context:
    """One invocation, as the handler sees it.

    Args:
        aws_request_id: The invocation's id.
        function_name: The function's physical name.
        function_version: `$LATEST` or a version number.
        invoked_function_arn: The ARN the caller used, with alias or version.
        memory_limit_in_mb: The memory in MB, as text: AWS's client gives text.
        log_group_name: The log group.
        log_stream_name: The log stream of this execution environment.
        remaining_time_in_millis: What `get_remaining_time_in_millis` answers, in ms.
    """

    def __init__(
        self,
        aws_request_id: str = "00000000-0000-0000-0000-000000000000",
        *,
        function_name: str = "function",
        function_version: str = "$LATEST",
        invoked_function_arn: str = "",
        memory_limit_in_mb: str = "128",
        log_group_name: str = "",
        log_stream_name: str = "",
        remaining_time_in_millis: int = 3_000,
    ) -> None:
        self.aws_request_id = aws_request_id
        self.function_name = function_name
        self.function_version = function_version
        self.invoked_function_arn = invoked_function_arn
        self.memory_limit_in_mb = memory_limit_in_mb
        self.log_group_name = log_group_name
        self.log_stream_name = log_stream_name
        self.client_context: Any = None
        self.identity: Any = None
        self.tenant_id: str | None = None
        self._remaining_time_in_millis = remaining_time_in_millis

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds left before Lambda ends the invocation, never negative."""
        return self._remaining_time_in_millis

    def log(self, message: object) -> None:
        """Write `message` to the function's log as it is, without a line end."""
        import sys

        sys.stdout.write(str(message))
