"""`ExistingBucket`: a bucket that stands outside of the stack."""

from __future__ import annotations

from sparta.aws.bucket import Bucket, ObjectCreated
from sparta.iam.builder import arn as arn_of_name
from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from sparta.model.arn import Arn


class ExistingBucket(Bucket):
    """A bucket of the same account and region that this stack neither makes nor deletes.

    It gives grants and events as a `Bucket` does. Notifications that others have on it stay.

    Args:
        name: The bucket's name.
    """

    outside_stack = True

    def __init__(self, name: str) -> None:
        super().__init__(str(name), physical_name=name)
        self.declared_at = declared_at()

    @property
    def name(self) -> str:
        """The bucket's name."""
        return str(self.physical_name)

    @property
    def arn(self) -> Arn:
        """The bucket's ARN, in the partition of the stack."""
        return arn_of_name("s3", self.name, region="", account="")

    def created(
        self,
        *,
        prefix: str = "",
        suffix: str = "",
        via: Literal["eventbridge", "notification"] = "notification",
    ) -> ObjectCreated:
        """Return the trigger that fires when an object was created.

        Args:
            prefix: Only keys that start with it.
            suffix: Only keys that end with it.
            via: `notification` adds one to the bucket's own; `eventbridge` switches EventBridge on
                for the bucket, and leaves it on when the stack goes.
        """
        return ObjectCreated(self, prefix, suffix, via, declared_at())
