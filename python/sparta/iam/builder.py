"""Statements, said in order: `iam.allow("s3:GetObject").on(bucket.arn / "images/*")`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from sparta.iam.statement import Statement
from sparta.model.arn import Arn
from sparta.model.caller import declared_at
from sparta.model.token import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


class Actions:
    """Actions that are allowed or denied; `on` makes a statement of them.

    Args:
        effect: `Allow` or `Deny`.
        actions: Full action names, such as `("s3:GetObject",)`.
        declared_at: The user's file and line.
    """

    __slots__ = ("actions", "declared_at", "effect")

    def __init__(
        self, effect: Literal["Allow", "Deny"], actions: tuple[str, ...], declared_at: str
    ) -> None:
        self.effect: Literal["Allow", "Deny"] = effect
        self.actions = actions
        self.declared_at = declared_at

    def on(self, *resources: str) -> Statement:
        """Return the statement on those resources, for a function's `uses=`.

        Args:
            resources: ARNs, or patterns of them: `table.arn`, `bucket.arn / "images/*"`, text.
                `*` is for actions without a resource level only.
        """
        statement = Statement(self.actions, resources, effect=self.effect)
        statement.declared_at = self.declared_at
        return statement

    def __repr__(self) -> str:
        return f"<{self.effect} {', '.join(self.actions)} on nothing yet>"


def allow(*actions: str) -> Actions:
    """Begin a statement that allows `actions`, such as `s3:GetObject`; each is written out."""
    return Actions("Allow", actions, declared_at())


def deny(*actions: str) -> Actions:
    """Begin a statement that denies `actions`, whatever else allows them."""
    return Actions("Deny", actions, declared_at())


def arn(
    service: str, resource: str, *, region: str | None = None, account: str | None = None
) -> Arn:
    """Return the ARN of something that the application does not declare, in every partition.

    Args:
        service: As in an ARN, such as `sqs`.
        resource: What follows the account, such as `table/Orders`, or a bucket's name.
        region: The stack's own where none is given; empty for a service without regions, as S3.
        account: As `region`; empty for S3.
    """
    place = Token("AWS::Region") if region is None else region
    owner = Token("AWS::AccountId") if account is None else account
    return Arn(f"arn:{Token('AWS::Partition')}:{service}:{place}:{owner}:{resource}")
