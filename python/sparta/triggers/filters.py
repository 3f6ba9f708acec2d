"""Conditions on records: which of them an event source mapping hands over.

    from sparta.triggers import filters

    where=(filters.body("status") == "new") & (filters.body("qty") > 10)

`&` joins conditions on different fields, `|` and a list of conditions take either. They are
compiled to filter patterns, and checked, when the application is provisioned.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
"""

from __future__ import annotations

from sparta.model.generic import Generic, SourceT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeVar

    from sparta.events.dynamodb import DynamoDB
    from sparta.events.kafka import Kafka
    from sparta.events.kinesis import Kinesis
    from sparta.events.mq import ActiveMQ, RabbitMQ
    from sparta.events.sqs import Sqs

    Plain = str | int | float | bool | None
    S = TypeVar("S")


class Condition(Generic[SourceT]):
    """Something that holds for a record or does not.

    Args:
        operator: `field`, `and` or `or`.
        operands: A path and rules; or two conditions.
    """

    __slots__ = ("operands", "operator")

    def __init__(self, operator: Literal["field", "and", "or"], operands: tuple[Any, ...]) -> None:
        self.operator = operator
        self.operands = operands

    def __and__(self: Condition[S], other: Condition[S]) -> Condition[S]:
        """Return the condition that both hold."""
        return Condition("and", (self, other))

    def __or__(self: Condition[S], other: Condition[S]) -> Condition[S]:
        """Return the condition that one of them holds."""
        return Condition("or", (self, other))

    def __bool__(self) -> bool:
        from sparta.errors import DeclarationError
        from sparta.model.caller import declared_at

        raise DeclarationError(
            "a condition is neither true nor false before there is a record",
            where=declared_at(),
            fix="write & for `and`, | for `or`, each condition in brackets; .none_of() for `not`",
        )


class Field(Generic[SourceT]):
    """A field of a record; comparing it gives a condition.

    Args:
        path: The names that lead to it.
    """

    __slots__ = ("path",)

    def __init__(self, path: tuple[str, ...]) -> None:
        self.path = path

    def __eq__(self, value: Plain) -> Condition[SourceT]:  # type: ignore[override]
        return self._of(_equal(value))

    def __ne__(self, value: Plain) -> Condition[SourceT]:  # type: ignore[override]
        return self._of({"anything-but": [value]})

    def __lt__(self, value: float) -> Condition[SourceT]:
        return self._of({"numeric": ["<", value]})

    def __le__(self, value: float) -> Condition[SourceT]:
        return self._of({"numeric": ["<=", value]})

    def __gt__(self, value: float) -> Condition[SourceT]:
        return self._of({"numeric": [">", value]})

    def __ge__(self, value: float) -> Condition[SourceT]:
        return self._of({"numeric": [">=", value]})

    __hash__ = None  # type: ignore[assignment]

    def between(self, low: float, high: float) -> Condition[SourceT]:
        """Hold for numbers from `low` to `high`, both included."""
        return self._of({"numeric": [">=", low, "<=", high]})

    def one_of(self, *values: Plain) -> Condition[SourceT]:
        """Hold for each of `values`."""
        return self._of(*(_equal(value) for value in values))

    def none_of(self, *values: Plain) -> Condition[SourceT]:
        """Hold for everything but `values`."""
        return self._of({"anything-but": list(values)})

    def startswith(self, prefix: str) -> Condition[SourceT]:
        """Hold for text that starts with `prefix`."""
        return self._of({"prefix": prefix})

    def endswith(self, suffix: str) -> Condition[SourceT]:
        """Hold for text that ends with `suffix`."""
        return self._of({"suffix": suffix})

    def equals_ignoring_case(self, text: str) -> Condition[SourceT]:
        """Hold for `text` in whichever case."""
        return self._of({"equals-ignore-case": text})

    def exists(self) -> Condition[SourceT]:
        """Hold where the record has the field, and it is no object."""
        return self._of({"exists": True})

    def missing(self) -> Condition[SourceT]:
        """Hold where the record lacks the field."""
        return self._of({"exists": False})

    def _of(self, *rules: Any) -> Condition[SourceT]:  # noqa: ANN401 - rules as AWS writes them
        return Condition("field", (self.path, rules))


class AttributeField(Field[SourceT]):
    """An attribute of an item, which DynamoDB writes with its type: `{"S": "text"}`.

    Args:
        path: The names that lead to it.
        type: Its type, where no value says it: for `exists`, `missing`, `startswith` and such.
    """

    __slots__ = ("type",)

    def __init__(self, path: tuple[str, ...], type: str) -> None:  # noqa: A002 - DynamoDB's word
        super().__init__(path)
        self.type = type

    def _of(self, *rules: Any) -> Condition[SourceT]:  # noqa: ANN401 - rules as AWS writes them
        types = {self.type}
        found: list[Any] = []
        for rule in rules:
            key, values = _values(rule)
            kinds = {_attribute_type(value) for value in values} if values else {self.type}
            types = kinds if not found else types | kinds
            texts = [str(value) if _attribute_type(value) == "N" else value for value in values]
            if not values:
                found.append(rule)
            else:
                found.append({key: texts} if key else texts[0])
        # Values of several types make a path that no pattern has: it is refused at provision.
        return Condition("field", ((*self.path, "|".join(sorted(types))), tuple(found)))


def _equal(value: Plain) -> Any:  # noqa: ANN401 - a rule as AWS writes it
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {"numeric": ["=", value]} if is_number else value


def _values(rule: Any) -> tuple[str, list[Any]]:  # noqa: ANN401 - a rule as AWS writes it
    """Return a rule's operator and the values it compares with; none where it is about text."""
    if not isinstance(rule, dict):
        return "", [rule]
    ((key, value),) = rule.items()
    if key == "numeric" and value[0] == "=":
        return "", [value[1]]
    return key, value if key == "anything-but" else []


def _attribute_type(value: Plain) -> str:
    if value is None or isinstance(value, bool):
        return "NULL" if value is None else "BOOL"
    return "S" if isinstance(value, str) else "N"


def body(*path: str) -> Field[Sqs]:
    """Return a field of a message's body, which has to be JSON; without a path, the body's text."""
    return Field(("body", *path))


def payload(*path: str) -> Field[Kinesis | ActiveMQ | RabbitMQ]:
    """Return a field of a stream's record or a broker's message; without a path, its text."""
    return Field(("data", *path))


def value(*path: str) -> Field[Kafka]:
    """Return a field of a Kafka record's value; without a path, its text."""
    return Field(("value", *path))


def key(*path: str) -> Field[Kafka]:
    """Return a field of a Kafka record's key; without a path, its text."""
    return Field(("key", *path))


def event_name() -> Field[DynamoDB]:
    """Return the kind of a change: `INSERT`, `MODIFY` or `REMOVE`."""
    return Field(("eventName",))


def item_key(name: str, *, type: Literal["S", "N"] = "S") -> Field[DynamoDB]:  # noqa: A002
    """Return an attribute of a changed item's key."""
    return AttributeField(("dynamodb", "Keys", name), type)


def new_image(name: str, *, type: Literal["S", "N", "BOOL"] = "S") -> Field[DynamoDB]:  # noqa: A002
    """Return an attribute of an item after its change.

    Args:
        name: The attribute.
        type: Its type, where no value says it; numbers cannot be compared by size.
    """
    return AttributeField(("dynamodb", "NewImage", name), type)


def old_image(name: str, *, type: Literal["S", "N", "BOOL"] = "S") -> Field[DynamoDB]:  # noqa: A002
    """Return an attribute of an item before its change; as `new_image`."""
    return AttributeField(("dynamodb", "OldImage", name), type)
