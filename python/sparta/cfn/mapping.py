"""`Mapping`: values by region or another key, looked up when the stack is deployed.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.model.expression import MAPPING, expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import abc

    from sparta.cfn.parameter import Parameter
    from sparta.model.token import Token


class Mapping:
    """A table of the template: `Mapping("Images", {"eu-west-1": {"Arm": "ami-1"}})`.

    Args:
        name: Its name within the template: letters and digits.
        values: Value (a text or a list of texts) by second key by first key.
    """

    __slots__ = ("declared_at", "name", "values")

    def __init__(
        self, name: str, values: abc.Mapping[str, abc.Mapping[str, str | list[str]]]
    ) -> None:
        self.name = name
        self.values = values
        self.declared_at = declared_at()


def FindInMap(mapping: Mapping, first: str | Parameter, second: str | Parameter) -> Token:
    """Return the value of a mapping under two keys, each of which may be a token."""
    table = expression(MAPPING, [mapping.name, mapping.values, mapping.declared_at])
    return expression("Fn::FindInMap", [table, first, second])
