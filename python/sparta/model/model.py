"""`sparta.Model`: a typed body, declared as a class with annotated fields.

Type checkers treat a subclass as a frozen, keyword-only dataclass; at run time it is a small class
that stores what it is given, without importing `dataclasses` (16 ms of a cold start). Checking the
values against the annotations is the decoder's work, in Rust or in Python.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, dataclass_transform
else:

    def dataclass_transform(**_):  # noqa: ANN003, ANN201, D103 - only the interpreter sees it
        return lambda cls: cls


def field_names(cls: type) -> tuple[str, ...]:
    """Return the annotated fields of a Model subclass, base classes first, each name once."""
    names: dict[str, None] = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, Model) and base is not Model:
            for name in getattr(base, "__annotations__", ()):
                if not name.startswith("_"):
                    names[name] = None
    return tuple(names)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Model:
    """Base of typed bodies: `class NewOrder(sparta.Model): sku: str; qty: int = 1`.

    Args:
        fields: One keyword for each annotated field; those with a default may be left out.

    Raises:
        TypeError: A field is missing or unknown.
    """

    __sparta_fields__: tuple[str, ...]

    def __init__(self, **fields: Any) -> None:  # noqa: ANN401 - the fields say their types
        cls = type(self)
        values = self.__dict__
        for name in fields_of(cls):
            if name in fields:
                values[name] = fields.pop(name)
            elif hasattr(cls, name):
                values[name] = getattr(cls, name)
            else:
                raise TypeError(f"{cls.__name__} is missing the field {name!r}")
        if fields:
            raise TypeError(f"{cls.__name__} has no field {next(iter(fields))!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), tuple(self.__dict__.values())))

    def _asdict(self) -> dict[str, Any]:
        """Return the fields; AWS's client and the core write what has this method as an object."""
        return dict(self.__dict__)

    def __repr__(self) -> str:
        text = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({text})"


def fields_of(cls: type[Model]) -> tuple[str, ...]:
    """Return the field names of `cls`, worked out once per class."""
    known: tuple[str, ...] | None = cls.__dict__.get("__sparta_fields__")
    if known is None:
        known = field_names(cls)
        type.__setattr__(cls, "__sparta_fields__", known)
    return known
