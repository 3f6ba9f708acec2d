"""`Arn`: text that `/` extends, as a path is: `bucket.arn / "images/*"`.

Inside Lambda an ARN is real text and everywhere else a token; `/` has to work on both, because the
module that says it is imported in both places.
"""

from __future__ import annotations

from sparta.model.token import Token


class Arn(str):  # noqa: SLOT000 - it shares its layout with ArnToken
    """The ARN of something, or a pattern of ARNs."""

    def __truediv__(self, rest: str) -> Arn:
        """Return the ARN of `rest` within it: this ARN, a slash, `rest`."""
        if not isinstance(rest, str):
            return NotImplemented
        return Arn(f"{self}/{rest}")


class ArnToken(Token, Arn):
    """An ARN that is known only after deployment."""

    __slots__ = ()


def arn_of(text: str) -> Arn:
    """Return the text of an ARN, real or a token, as one that `/` extends."""
    if isinstance(text, Token):
        return ArnToken(text.logical_id, text.attribute)
    return Arn(text)
