"""Waits for rights: a policy that was attached a moment ago is not known everywhere yet.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_WAITS_S = (1.0, 2.0, 4.0, 8.0, 10.0)
_DENIED = ("403", "AccessDenied", "AccessDeniedException", "Forbidden")


def patient(handler: Callable[..., None]) -> Callable[..., None]:
    """Return `handler`, done again while it is denied something, for 25 s at the most."""

    def waiting(*arguments: Any) -> None:  # noqa: ANN401 - the handler's own
        import time

        for wait_s in _WAITS_S:
            try:
                return handler(*arguments)
            except Exception as error:
                if code_of(error) not in _DENIED:
                    raise
            time.sleep(wait_s)
        return handler(*arguments)

    waiting.__wrapped__ = handler  # type: ignore[attr-defined]
    return waiting


def code_of(error: Exception) -> str:
    """Return the code of an error of boto3; empty for others."""
    answer: dict[str, Any] = getattr(error, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))
