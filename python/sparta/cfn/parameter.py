"""`Parameter`: a value that whoever deploys the stack chooses, by `--parameter Name=value`.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.model.expression import PARAMETER, expression
from sparta.runtime.discovery import discovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sparta.model.token import Token


class Parameter:
    """A parameter of the stack. It is in the template where something refers to it.

    Args:
        name: Its name: letters and digits.
        type: `String`, `Number`, `List<Number>`, `CommaDelimitedList`, or one of AWS's own, such
            as `AWS::EC2::VPC::Id` or `AWS::SSM::Parameter::Value<String>`.
        default: Its value where none is given; without one, the first deployment has to give it.
        description: What CloudFormation shows beside it.
        allowed_values: The only values that it may have.
        allowed_pattern: The regular expression that a text has to match as a whole.
        constraint: What CloudFormation says of a value that breaks these rules.
        min_length: Of a text, in characters.
        max_length: Of a text, in characters.
        min_value: Of a number.
        max_value: Of a number.
        secret: Whether CloudFormation never shows it (NoEcho).
    """

    def __init__(
        self,
        name: str,
        *,
        type: str = "String",  # noqa: A002 - CloudFormation's own word
        default: str | float | None = None,
        description: str = "",
        allowed_values: Sequence[str | float] = (),
        allowed_pattern: str = "",
        constraint: str = "",
        min_length: int | None = None,
        max_length: int | None = None,
        min_value: float | None = None,
        max_value: float | None = None,
        secret: bool = False,
    ) -> None:
        self.name = name
        self.declared_at = declared_at()
        self._rules = {
            "AllowedPattern": allowed_pattern,
            "AllowedValues": allowed_values,
            "ConstraintDescription": constraint,
            "Default": default,
            "Description": description,
            "MaxLength": max_length,
            "MaxValue": max_value,
            "MinLength": min_length,
            "MinValue": min_value,
            "NoEcho": secret or None,
            "Type": type,
        }

    @property
    def body(self) -> dict[str, Any]:
        """The parameter as the template declares it."""
        found = {key: rule for key, rule in self._rules.items() if rule not in ("", (), [], None)}
        # An empty text is a default too: without one, somebody has to choose.
        return {**found, "Default": ""} if self._rules["Default"] == "" else found

    @property
    def ref(self) -> Token:
        """Its value, as a token.

        Raises:
            DiscoveryError: A handler reads it; pass it on in `environment=`.
        """
        if discovered.handler_name or discovered.declared:
            from sparta.errors import DiscoveryError

            raise DiscoveryError(
                f"the parameter {self.name} is known to CloudFormation only, not to a handler",
                where=self.declared_at,
                fix="give it to the function in environment=, and read os.environ",
            )
        return expression(PARAMETER, [self.name, self.body, self.declared_at])

    def __str__(self) -> str:
        return str(self.ref)

    def __repr__(self) -> str:
        return f"<parameter {self.name}>"
