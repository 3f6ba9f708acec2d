"""`DeliveryStream`: a Firehose that keeps records in a bucket, transformed by a function or not.

https://docs.aws.amazon.com/firehose/latest/dev/
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.cfn.resource import Resource
from sparta.events.firehose import Firehose, FirehoseRecord
from sparta.model.caller import declared_at
from sparta.model.polled_trigger import RecordTrigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal, TypedDict, Unpack

    from sparta.aws.bucket import Bucket
    from sparta.iam.statement import Grant

    DeliveryStreamAction = Literal["DescribeDeliveryStream", "PutRecord", "PutRecordBatch"]
    Compression = Literal["GZIP", "HADOOP_SNAPPY", "Snappy", "UNCOMPRESSED", "ZIP"]

    class ProcessorOptions(TypedDict, total=False):
        """How records are handed over; see `DeliveryStream.records`."""

        buffer_mb: float
        buffer_s: int
        retries: int


class RecordTransformation(RecordTrigger[Firehose, FirehoseRecord["Any"]]):
    """Batches of a delivery stream's records; what is answered takes their place."""

    __slots__ = ()
    event_type = Firehose


class DeliveryStream(GrantingResource):
    """A Firehose delivery stream: what is put into it is kept in a bucket, encrypted.

    It comes with a role of its own, which may write to that bucket.

    Args:
        logical_id: Its name within the template.
        bucket: Where records are kept.
        prefix: What the keys begin with; may hold `!{timestamp:yyyy}` and the like.
        error_prefix: What the keys begin with of what could not be delivered or transformed.
        buffer_mb: Keeps records until there are so many, 1 to 128 MB; 64 at least with
            `dynamic_partitioning`.
        buffer_s: Or until so long has passed, 0 to 900 s.
        compression: How objects are packed.
        dynamic_partitioning: Whether the prefix names partition keys of records.
        physical_name: The delivery stream's own name; CloudFormation makes one where none is given.
    """

    type = "AWS::KinesisFirehose::DeliveryStream"
    attributes = ("Arn",)
    service: ClassVar[str] = "firehose"
    actions_on_itself: ClassVar[str] = "DescribeDeliveryStream PutRecord PutRecordBatch"

    def __init__(
        self,
        logical_id: str,
        *,
        bucket: Bucket,
        prefix: str = "",
        error_prefix: str = "",
        buffer_mb: int = 5,
        buffer_s: int = 300,
        compression: Compression = "UNCOMPRESSED",
        dynamic_partitioning: bool = False,
        physical_name: str | None = None,
    ) -> None:
        super().__init__(logical_id, _depth=3)
        self.bucket = bucket
        self.prefix = prefix
        self.error_prefix = error_prefix
        self.buffer_mb = buffer_mb
        self.buffer_s = buffer_s
        self.compression = compression
        self.dynamic_partitioning = dynamic_partitioning
        self.physical_name = physical_name
        self.role = DeliveryRole(f"{logical_id}Role", bucket)
        self.companions = (bucket, self.role)

    @property
    def name(self) -> str:
        """The delivery stream's name, which PutRecord wants; a token before deployment."""
        return self.ref

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        destination: dict[str, Any] = {
            "BucketARN": self.bucket.arn,
            "BufferingHints": {"IntervalInSeconds": self.buffer_s, "SizeInMBs": self.buffer_mb},
            "CompressionFormat": self.compression,
            "RoleARN": self.role.get_att("Arn"),
        }
        if self.prefix:
            destination["Prefix"] = self.prefix
        if self.error_prefix:
            destination["ErrorOutputPrefix"] = self.error_prefix
        if self.dynamic_partitioning:
            destination["DynamicPartitioningConfiguration"] = {"Enabled": True}
        properties: dict[str, Any] = {
            "DeliveryStreamEncryptionConfigurationInput": {"KeyType": "AWS_OWNED_CMK"},
            "DeliveryStreamType": "DirectPut",
            "ExtendedS3DestinationConfiguration": destination,
        }
        if self.physical_name:
            properties["DeliveryStreamName"] = self.physical_name
        return properties

    def grant(self, *actions: DeliveryStreamAction) -> Grant:
        """Return the right to `actions` on this delivery stream, for a function's `uses=`."""
        return self._grant(actions)

    def write(self) -> Grant:
        """Return the right to PutRecord and PutRecordBatch."""
        return self._grant(("PutRecord", "PutRecordBatch"))

    def records(self, **options: Unpack[ProcessorOptions]) -> RecordTransformation:
        """Return the trigger by which a function transforms the records on their way.

        A delivery stream has one such function. It takes `events.FirehoseRecord[T]`, one by one,
        or `events.Firehose`, the batch.

        Args:
            options: `buffer_mb`: batches of so much, 0.2 to 3 MB. `buffer_s`: or of so long, 0 to
                900 s. `retries`: how often a failed invocation is tried again, 0 to 300.
        """
        return RecordTransformation(self, options, declared_at())


class DeliveryRole(Resource):
    """The role that a delivery stream writes by: to its bucket, and to nothing else.

    Args:
        logical_id: Its name within the template.
        bucket: The bucket.
    """

    type = "AWS::IAM::Role"
    attributes = ("Arn",)

    def __init__(self, logical_id: str, bucket: Bucket) -> None:
        super().__init__(logical_id, _depth=4)
        self.bucket = bucket

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them.

        Source: https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3
        """
        from sparta.model.token import Token

        account = Token("AWS::AccountId")
        place = f"{Token('AWS::Partition')}:firehose:{Token('AWS::Region')}:{account}"
        trusted = {
            "Effect": "Allow",
            "Principal": {"Service": "firehose.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "ArnLike": {"aws:SourceArn": f"arn:{place}:deliverystream/*"},
                "StringEquals": {"aws:SourceAccount": account},
            },
        }
        on_bucket = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
        on_objects = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
        rights = [
            {"Effect": "Allow", "Action": on_bucket, "Resource": [self.bucket.arn]},
            {"Effect": "Allow", "Action": on_objects, "Resource": [self.bucket.arn / "*"]},
        ]
        version = "2012-10-17"
        document = {"Version": version, "Statement": rights}
        return {
            "AssumeRolePolicyDocument": {"Version": version, "Statement": [trusted]},
            "Policies": [{"PolicyName": "Deliver", "PolicyDocument": document}],
        }
