"""`Bucket`: an S3 bucket, private and encrypted.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.events.s3 import S3
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal

    from sparta.aws.existing_bucket import ExistingBucket
    from sparta.iam.statement import Grant

    BucketAction = Literal[
        "AbortMultipartUpload",
        "DeleteObject",
        "DeleteObjectTagging",
        "DeleteObjectVersion",
        "GetBucketLocation",
        "GetBucketVersioning",
        "GetObject",
        "GetObjectAttributes",
        "GetObjectTagging",
        "GetObjectVersion",
        "ListBucket",
        "ListBucketMultipartUploads",
        "ListBucketVersions",
        "ListMultipartUploadParts",
        "PutObject",
        "PutObjectTagging",
    ]
    ObjectEvent = Literal[
        "Object ACL Updated",
        "Object Access Tier Changed",
        "Object Created",
        "Object Deleted",
        "Object Restore Completed",
        "Object Restore Expired",
        "Object Restore Initiated",
        "Object Storage Class Changed",
        "Object Tags Added",
        "Object Tags Deleted",
    ]


class Bucket(GrantingResource):
    """An S3 bucket: no public access, encrypted, owner-only, kept when its stack goes.

    Args:
        logical_id: Its name within the template.
        physical_name: The bucket's own name, unique in the world; made up where none is given.
        versioned: Whether overwritten and deleted objects are kept as versions.
        retain: Whether the bucket outlives its stack.
    """

    type = "AWS::S3::Bucket"
    attributes = ("Arn",)
    stateful = True
    service: ClassVar[str] = "s3"
    actions_on_itself: ClassVar[str] = (
        "GetBucketLocation GetBucketVersioning ListBucket ListBucketMultipartUploads "
        "ListBucketVersions"
    )
    actions_on_content: ClassVar[str] = (
        "AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion GetObject "
        "GetObjectAttributes GetObjectTagging GetObjectVersion ListMultipartUploadParts PutObject "
        "PutObjectTagging"
    )

    def __init__(
        self,
        logical_id: str,
        *,
        physical_name: str | None = None,
        versioned: bool = False,
        retain: bool = True,
    ) -> None:
        super().__init__(
            logical_id,
            deletion_policy="RetainExceptOnCreate" if retain else "Delete",
            update_replace_policy="Retain" if retain else "Delete",
            _depth=3,
        )
        self.physical_name = physical_name
        self.versioned = versioned

    @property
    def name(self) -> str:
        """The bucket's name; a token before deployment."""
        return self.ref

    @property
    def content_arns(self) -> tuple[str, ...]:
        """The ARN pattern of the bucket's objects."""
        return (self.arn / "*",)

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        properties: dict[str, Any] = {
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [
                    {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
                ]
            },
        }
        if self.versioned:
            properties["VersioningConfiguration"] = {"Status": "Enabled"}
        if self.physical_name:
            properties["BucketName"] = self.physical_name
        return properties

    def grant(self, *actions: BucketAction) -> Grant:
        """Return the right to `actions` on this bucket or its objects, for `uses=`."""
        return self._grant(actions)

    def read(self) -> Grant:
        """Return the right to GetObject, GetObjectVersion and ListBucket."""
        return self._grant(("GetObject", "GetObjectVersion", "ListBucket"))

    def write(self) -> Grant:
        """Return the right to AbortMultipartUpload, DeleteObject and PutObject."""
        return self._grant(("AbortMultipartUpload", "DeleteObject", "PutObject"))

    def created(
        self,
        *,
        prefix: str = "",
        suffix: str = "",
        via: Literal["eventbridge", "notification"] = "eventbridge",
    ) -> ObjectCreated:
        """Return the trigger that fires when an object was created.

        Args:
            prefix: Only keys that start with it.
            suffix: Only keys that end with it.
            via: `notification` is S3's own way: events have AWS's `Records`, and a custom resource
                writes the bucket's configuration.
        """
        return ObjectCreated(self, prefix, suffix, via, declared_at())

    @staticmethod
    def existing(name: str) -> ExistingBucket:
        """Return a bucket of this account and region that stands outside of the stack.

        Args:
            name: The bucket's name.
        """
        from sparta.aws.existing_bucket import ExistingBucket as Existing

        found = Existing(name)
        found.declared_at = declared_at()
        return found

    def deleted(self, *, prefix: str = "", suffix: str = "") -> ObjectEvents:
        """Return the trigger that fires when an object was deleted, or hidden by a delete marker.

        Args:
            prefix: Only keys that start with it.
            suffix: Only keys that end with it.
        """
        return ObjectEvents(self, prefix, suffix, declared_at(), ("Object Deleted",))

    def restored(self, *, prefix: str = "", suffix: str = "") -> ObjectEvents:
        """Return the trigger that fires when an archived object can be read again.

        Args:
            prefix: Only keys that start with it.
            suffix: Only keys that end with it.
        """
        return ObjectEvents(self, prefix, suffix, declared_at(), ("Object Restore Completed",))

    def events(self, *names: ObjectEvent, prefix: str = "", suffix: str = "") -> ObjectEvents:
        """Return the trigger that fires on any of S3's events of those names.

        Args:
            names: As S3 calls them, such as `Object Tags Added`.
            prefix: Only keys that start with it.
            suffix: Only keys that end with it.
        """
        return ObjectEvents(self, prefix, suffix, declared_at(), names)


class ObjectEvents(Trigger[S3]):
    """What happens to a bucket's objects, by way of EventBridge: no circle is possible."""

    __slots__ = ("bucket", "names", "prefix", "suffix")
    event_type = S3
    via: str = "eventbridge"
    """How they come: `eventbridge`, or `notification`, which is S3's own way."""

    def __init__(
        self,
        bucket: Bucket,
        prefix: str,
        suffix: str,
        declared_at: str,
        names: tuple[ObjectEvent, ...] = ("Object Created",),
    ) -> None:
        super().__init__(declared_at)
        self.bucket = bucket
        self.prefix = prefix
        self.suffix = suffix
        self.names = names

    @property
    def source(self) -> Bucket:
        """The bucket."""
        return self.bucket


class ObjectCreated(ObjectEvents):
    """Objects created in a bucket, which knows nothing of the function: there is no circle."""

    __slots__ = ("via",)

    def __init__(
        self, bucket: Bucket, prefix: str, suffix: str, via: str, declared_at: str
    ) -> None:
        super().__init__(bucket, prefix, suffix, declared_at)
        self.via = via
