"""`Output`: a value that the stack shows, and other stacks may import.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparta.cfn.condition import Condition


class Output:
    """One of the stack's outputs, for `outputs=` of `sparta.main`.

    Args:
        value: A text; mostly a token.
        description: What CloudFormation shows beside it.
        export: The name under which other stacks import it; unique in an account and region.
        condition: It is there only where this holds.
    """

    __slots__ = ("condition", "description", "export", "value")

    def __init__(
        self,
        value: str,
        *,
        description: str = "",
        export: str = "",
        condition: Condition | None = None,
    ) -> None:
        self.value = value
        self.description = description
        self.export = export
        self.condition = condition
