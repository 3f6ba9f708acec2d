"""One record of a batch, with its content as the handler's annotation wants it."""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal

UNREAD = object()
"""Stands for content that nobody decoded: it is read from the raw record when asked for."""


class Record(Event):
    """One record.

    Args:
        raw: The decoded JSON of the record.
        content: What its payload decodes to; left out, it is what AWS sent.
    """

    __slots__ = ("_content",)
    _content: Any
    is_record = True
    form: ClassVar[Literal["text", "bytes", "images"]]
    """What a handler's type is decoded from."""
    is_transformed: ClassVar[bool] = False
    """Whether what a handler returns for it takes its place."""

    def __init__(self, raw: dict[str, Any], content: Any = UNREAD) -> None:  # noqa: ANN401
        super().__init__(raw)
        object.__setattr__(self, "_content", content)

    @property
    def item_identifier(self) -> str:
        """What names the record in a report of failed ones."""
        raise NotImplementedError

    @property
    def group(self) -> str | None:
        """The group of records whose order counts; None where each stands for itself."""
        return None
