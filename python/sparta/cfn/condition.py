"""`Condition`: whether CloudFormation makes a resource, decided when the stack is deployed.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.model.expression import CONDITION, expression
from sparta.model.token import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from sparta.cfn.parameter import Parameter

    T = TypeVar("T")


class Predicate:
    """What `Equals`, `And`, `Or` and `Not` return: a condition that has no name yet."""

    __slots__ = ("body",)

    def __init__(self, function: str, arguments: list[Any]) -> None:
        self.body = {function: arguments}


class Condition:
    """A condition of the template: `Condition("IsLarge", Equals(stage, "prod"))`.

    Args:
        name: Its name within the template: letters and digits.
        test: What decides it.
    """

    __slots__ = ("declared_at", "name", "test")

    def __init__(self, name: str, test: Predicate) -> None:
        self.name = name
        self.test = test
        self.declared_at = declared_at()

    @property
    def token(self) -> Token:
        """The condition with all that the template needs of it; its name in the template."""
        return expression(CONDITION, [self.name, self.test.body, self.declared_at])

    def __bool__(self) -> bool:
        from sparta.errors import TokenError

        raise TokenError(
            f"the condition {self.name} is decided by CloudFormation, not while Python runs",
            fix="pass it as condition= of a resource, or to sparta.cfn.If",
        )


def Equals(value: str | Parameter, other: str | Parameter) -> Predicate:
    """Return whether two texts are equal once the stack's parameters are known."""
    return Predicate("Fn::Equals", [value, other])


def And(*conditions: Condition | Predicate) -> Predicate:
    """Return whether all hold; two to ten."""
    return Predicate("Fn::And", [_named(one) for one in conditions])


def Or(*conditions: Condition | Predicate) -> Predicate:
    """Return whether one holds; two to ten."""
    return Predicate("Fn::Or", [_named(one) for one in conditions])


def Not(condition: Condition | Predicate) -> Predicate:
    """Return whether it does not hold."""
    return Predicate("Fn::Not", [_named(condition)])


def If(condition: Condition, value: T, otherwise: T) -> T:
    """Return the one or the other, as CloudFormation decides; `NO_VALUE` leaves a property out."""
    chosen: Any = expression("Fn::If", [condition.token, value, otherwise])
    return chosen  # type: ignore[no-any-return]


def _named(condition: Condition | Predicate) -> Any:  # noqa: ANN401 - JSON
    if isinstance(condition, Condition):
        return {"Condition": condition.token}
    return condition.body


NO_VALUE: Any = Token("AWS::NoValue")
"""Stands for a property that is not given, in `If`."""
