"""Functions that stream, behind an HTTP API and invoked directly."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import sparta


@sparta.function()
def pages(request: sparta.Request[Any]) -> Iterator[str]:
    for number in range(3):
        yield f"page {number} of {request.path_parameters['book']}\n"


@sparta.function()
async def scan(request: sparta.Request[Any]) -> AsyncIterator[bytes]:
    yield b"\x00"
    yield request.path_parameters["book"].encode()


@sparta.function()
def table(_request: sparta.Request[Any]) -> sparta.StreamedResponse:
    return sparta.stream(
        ["a,b\n", "1,2\n"], status=203, headers={"x-rows": "1"}, content_type="text/csv"
    )


@sparta.function()
def lines(event: int) -> Iterator[str]:
    for number in range(event):
        yield f"{number}\n"
    if event > 3:
        raise ValueError("too many lines")


@sparta.function()
@sparta.http_handler
def written(event: Any, _context: Any, response: sparta.ResponseWriter, logger: Any) -> None:
    logger.info("written", event=event)
    response.status = event
    response.headers["content-type"] = "application/json"
    response.write('{"done": true}')


api = sparta.HttpApi("books")
api.get("/{book}/pages", pages).get("/{book}/scan", scan).get("/{book}/table", table)

if __name__ == "__main__":
    sparta.main("Streaming", functions=[lines, written], api=api)
