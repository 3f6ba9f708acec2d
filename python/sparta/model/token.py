"""Text that CloudFormation fills in later: a resource's name or ARN, before it exists.

A token is a `str` whose text is a marker: `LogicalId.Attribute` between two private-use
characters. Whatever carries text on (f-strings, `+`, `%`, `join`, `str()`) carries the marker on;
the template stage turns it into Ref, Fn::GetAtt or Fn::Sub. Whatever looks into the text raises,
because the text is not there yet.
"""

from __future__ import annotations

from sparta.errors import TokenError
from sparta.model.reference import REF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, Self

MARKER_START = "\ue000"
MARKER_END = "\ue001"

_LOOKS_INTO_TEXT = (  # noqa: SIM905 - one text is quicker to read and to load than sixty
    "__getitem__ __iter__ __len__ __contains__ __lt__ __le__ __gt__ __ge__ __mul__ __rmul__ "
    "capitalize casefold center count encode endswith expandtabs find format format_map index "
    "isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace "
    "istitle isupper ljust lower lstrip maketrans partition removeprefix removesuffix replace "
    "rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title "
    "translate upper zfill"
).split()


class Token(str):
    """The text of one attribute of one resource, known only once the stack exists.

    Args:
        logical_id: The resource's logical id, or a pseudo parameter such as `AWS::Region`.
        attribute: `Ref`, or the name of a return value for Fn::GetAtt.
    """

    __slots__ = ("attribute", "logical_id")

    logical_id: str
    attribute: str

    def __new__(cls, logical_id: str, attribute: str = REF) -> Self:  # noqa: D102 - the class says it
        token = str.__new__(cls, f"{MARKER_START}{logical_id}.{attribute}{MARKER_END}")
        token.logical_id = logical_id
        token.attribute = attribute
        return token

    def __repr__(self) -> str:
        return f"<{_label(self)}, known after deployment>"

    def __bool__(self) -> bool:
        return True

    def __format__(self, format_spec: str) -> str:
        if format_spec:
            _refuse(self, f"format specification {format_spec!r}")
        return str(self)

    def __reduce__(self) -> tuple[type[Token], tuple[str, str]]:
        return type(self), (self.logical_id, self.attribute)


def _label(token: Token) -> str:
    """Return how messages call it: by its resource's attribute, its function or its own name."""
    what = token.logical_id
    if what[:8] == "Sparta::":
        return token.attribute.split("\ue002", 2)[1]
    return what if what[:4] == "Fn::" else f"{what}.{token.attribute}"


def _refuse(token: Token, operation: str) -> NoReturn:
    raise TokenError(
        f"{_label(token)} is known only after deployment: `{operation}` cannot be applied to it",
        fix="use it whole or inside a longer text (f-string, +, join), or read it in a handler",
    )


def _refusing(name: str) -> Any:  # noqa: ANN401 - stands in for a str method of any signature
    def refuse(self: Token, *_: object, **__: object) -> NoReturn:
        _refuse(self, name.strip("_"))

    refuse.__name__ = name
    return refuse


for _name in _LOOKS_INTO_TEXT:
    setattr(Token, _name, _refusing(_name))


def has_marker(text: str) -> bool:
    """Say whether `text` carries a token's marker."""
    return isinstance(text, Token) or MARKER_START in text


def markers(text: str) -> list[tuple[str, str]]:
    """Return the (logical id, attribute) of each marker in `text`, in order."""
    plain = str(text)
    found: list[tuple[str, str]] = []
    for piece in plain.split(MARKER_START)[1:]:
        logical_id, _, attribute = piece.split(MARKER_END, 1)[0].partition(".")
        found.append((logical_id, attribute))
    return found
