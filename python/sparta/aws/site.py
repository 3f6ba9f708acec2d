"""`Site`: the files of a folder, as objects of a bucket."""

from __future__ import annotations

from sparta.cfn.built_in import BuiltInResource
from sparta.iam.statement import Statement
from sparta.model.arn import Arn
from sparta.model.token import Token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparta.aws.bucket import Bucket
    from sparta.cfn.resource import Resource

_CODE_BUCKET = "CodeBucket"


class Site(BuiltInResource):
    """The files of a folder in a bucket, with their content types.

    With each change of the folder new files are uploaded, and those that it has no more are
    deleted; what others put into the bucket stays. When the stack goes, the files go.

    Args:
        logical_id: Its name within the template.
        folder: The folder, relative to the application's file. Its own name is no part of the keys.
        bucket: Where the files go.
        depends_on: What has to exist before the files are there.
    """

    type = "Custom::SpartaSite"

    def __init__(
        self,
        logical_id: str,
        folder: str,
        *,
        bucket: Bucket,
        depends_on: tuple[Resource, ...] = (),
    ) -> None:
        super().__init__(logical_id, depends_on=depends_on, _depth=3)
        self.folder = folder
        self.bucket = bucket

    @property
    def key_parameter(self) -> str:
        """The template's parameter for the archive's key in the bucket of the code."""
        return f"SiteKey{self.logical_id}"

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as the provider reads them."""
        return {
            "Bucket": self.bucket.name,
            "SourceBucket": Token(_CODE_BUCKET),
            "SourceKey": Token(self.key_parameter),
        }

    @property
    def named(self) -> tuple[Resource, ...]:
        """The bucket."""
        return (self.bucket,)

    @property
    def needed(self) -> tuple[Statement, ...]:
        """To read this stack's archives, and to write the files."""
        archives = f"{Token(_CODE_BUCKET)}/{Token('AWS::StackName')}/*-site.zip"
        source = Arn(f"arn:{Token('AWS::Partition')}:s3:::{archives}")
        bucket = str(self.bucket.arn)
        return (
            Statement(["s3:GetObject"], [source]),
            Statement(["s3:ListBucket"], [bucket]),
            Statement(["s3:DeleteObject", "s3:PutObject"], [f"{bucket}/*"]),
        )
