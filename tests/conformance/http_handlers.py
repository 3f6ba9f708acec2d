"""Handlers in the way of the first Sparta: they write their answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sparta

if TYPE_CHECKING:
    from sparta.runtime.http_handler import ResponseWriter
    from sparta.runtime.structured_log import Logger


@sparta.http_handler
def answered(event: Any, _context: Any, response: ResponseWriter, logger: Logger) -> None:
    """Answer as the event says."""
    logger.info("answering", status=event.get("status"))
    response.status = event.get("status", response.status)
    response.headers.update(event.get("headers", {}))
    for part in event.get("parts", ()):
        response.write(bytes(part) if isinstance(part, list) else part)
    if "error" in event:
        raise KeyError(event["error"])


@sparta.http_handler
async def answered_later(
    event: Any, context: Any, response: ResponseWriter, logger: Logger
) -> None:
    import asyncio

    await asyncio.sleep(0)
    logger.warning("later", request=context.aws_request_id)
    response.status = event
    response.write("later")


@sparta.http_handler
def returned(event: Any, _context: Any, response: ResponseWriter, _logger: Logger) -> Any:
    """Return what should have been written."""
    response.write("written")
    return event


@sparta.http_handler
async def returned_later(event: Any, _context: Any, _response: object, _logger: Logger) -> Any:
    return event
