"""The operators of a statement's conditions, for type checkers only.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypedDict

    Value = str | bool | int | Sequence[str] | Sequence[int]
    Keys = Mapping[str, Value]
    """Condition keys, such as `aws:SourceIp`, and what they are compared with."""

    class Operators(TypedDict, total=False):
        """Each operator and the keys it compares.

        The others, such as `StringEqualsIfExists` and `ForAllValues:StringEquals`, are given in
        a dict.
        """

        ArnEquals: Keys
        ArnLike: Keys
        ArnNotEquals: Keys
        ArnNotLike: Keys
        BinaryEquals: Keys
        Bool: Keys
        DateEquals: Keys
        DateGreaterThan: Keys
        DateGreaterThanEquals: Keys
        DateLessThan: Keys
        DateLessThanEquals: Keys
        DateNotEquals: Keys
        IpAddress: Keys
        NotIpAddress: Keys
        Null: Keys
        NumericEquals: Keys
        NumericGreaterThan: Keys
        NumericGreaterThanEquals: Keys
        NumericLessThan: Keys
        NumericLessThanEquals: Keys
        NumericNotEquals: Keys
        StringEquals: Keys
        StringEqualsIgnoreCase: Keys
        StringLike: Keys
        StringNotEquals: Keys
        StringNotEqualsIgnoreCase: Keys
        StringNotLike: Keys
