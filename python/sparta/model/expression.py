"""What only CloudFormation can work out, as a token: functions, parameters, conditions, mappings.

The token's text carries all of it, so that it can stand in any text and needs no register: before
the dot what it is, after it the `repr` of plain values, which holds no marker of its own. Quotes
and backslashes stand there as private-use characters, so that JSON around it leaves it alone.
"""

from __future__ import annotations

from sparta.model.token import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PARAMETER = "Sparta::Parameter"
CONDITION = "Sparta::Condition"
MAPPING = "Sparta::Mapping"
HIDDEN = (("'", "\ue002"), ('"', "\ue003"), ("\\", "\ue004"))
"""What JSON would escape, and what stands for it."""


def expression(what: str, value: Any) -> Token:  # noqa: ANN401 - any JSON, and tokens
    """Return a token for a function (`Fn::Select`) of `value`, or for one of the words above."""
    text = repr(_plain(value))
    for character, hidden in HIDDEN:
        text = text.replace(character, hidden)
    return Token(what, text)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON, and tokens
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {_plain(key): _plain(item) for key, item in value.items()}
    reference = getattr(value, "ref", None)
    return value if reference is None else str(reference)
