"""`Arn`: text that `/` extends, as a path is: `bucket.arn / "images/*"`.

Inside Lambda an ARN is real text and everywhere else a token; `/` has to work on both, because the
module that says it is imported in both places.
"""

from __future__ import annotations

from sparta.model.token import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Arn(str):  # noqa: SLOT000 - it shares its layout with ArnToken
    """The ARN of something, or a pattern of ARNs."""

    of: Any = None
    """The resource it belongs to, where the application declares it."""

    def __truediv__(self, rest: str) -> Arn:
        """Return the ARN of `rest` within it: this ARN, a slash, `rest`."""
        if not isinstance(rest, str):
            return NotImplemented
        longer = Arn(f"{self}/{rest}")
        longer.of = self.of
        return longer


class ArnToken(Token, Arn):
    """An ARN that is known only after deployment."""

    __slots__ = ()


def arn_of(text: str, resource: object) -> Arn:
    """Return the ARN of a resource, real text or a token, as one that `/` extends."""
    arn: Arn = Arn(text)
    if isinstance(text, Token):
        arn = ArnToken(text.logical_id, text.attribute)
    arn.of = resource
    return arn
