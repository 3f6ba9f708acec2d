"""`RustCrate`: the application's own crate, whose functions are deployed like those in Python."""

from __future__ import annotations

from sparta.app.function import Function
from sparta.model.caller import declared_at
from sparta.runtime.rust_handler import RustHandler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sparta.iam.statement import Grant, Statement
    from sparta.model.trigger import Trigger


class RustCrate:
    """A folder with a library crate that depends on `sparta-sdk`; an application holds one.

    Args:
        path: The folder with its Cargo.toml, relative to the file that says this, or absolute.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.declared_at = declared_at()

    def function(
        self,
        exported: str,
        /,
        *,
        name: str | None = None,
        description: str = "",
        memory_mb: int = 128,
        timeout_s: int = 3,
        environment: Mapping[str, str] | None = None,
        uses: Sequence[Grant | Statement] = (),
        on: Trigger[Any] | tuple[Trigger[Any], ...] = (),
        role: str | None = None,
    ) -> Function[Any, Any]:
        """Declare one Lambda function: a `#[sparta::function]` of this crate.

        It needs the native runtime.

        Args:
            exported: The function's name in Rust.
            name: Its name in the stack, any text; the one in Rust where none is given.
            description: What AWS's console shows; up to 256 characters.
            memory_mb: Memory in MB, 128 to 10,240; the CPU share grows with it.
            timeout_s: Seconds an invocation may take, 1 to 900.
            environment: Environment variables; text may hold tokens.
            uses: What it may do; `sparta::resource` finds there what is granted here.
            on: Where its events come from: one trigger, or a tuple of up to four.
            role: An existing role, by ARN or by name, in place of one of its own.
        """
        handler = RustHandler(exported, self.path, self.declared_at)
        options: dict[str, Any] = {
            "name": exported if name is None else name,
            "description": description,
            "memory_mb": memory_mb,
            "timeout_s": timeout_s,
            "environment": environment,
            "uses": uses,
            "on": on,
            "role": role,
        }
        function: Function[Any, Any] = Function(handler, **options)
        function.declared_at = declared_at()
        return function

    def __repr__(self) -> str:
        return f"<RustCrate {self.path!r}>"
