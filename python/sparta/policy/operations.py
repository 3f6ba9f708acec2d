"""Which actions a boto3 call needs, for the services that functions call most.

A method's own name gives the action (`put_item`: PutItem) but where AWS named them apart.
Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

from __future__ import annotations

from typing import NamedTuple

from sparta.template.check.actions import is_known

PREFIXES = {
    "athena": "athena",
    "bedrock-runtime": "bedrock",
    "cloudwatch": "cloudwatch",
    "comprehend": "comprehend",
    "dynamodb": "dynamodb",
    "ecs": "ecs",
    "events": "events",
    "firehose": "firehose",
    "kinesis": "kinesis",
    "kms": "kms",
    "lambda": "lambda",
    "polly": "polly",
    "rekognition": "rekognition",
    "s3": "s3",
    "scheduler": "scheduler",
    "secretsmanager": "secretsmanager",
    "ses": "ses",
    "sesv2": "ses",
    "sns": "sns",
    "sqs": "sqs",
    "ssm": "ssm",
    "stepfunctions": "states",
    "textract": "textract",
    "translate": "translate",
}
"""boto3's names of services, and how their actions begin. Calls of others are not judged."""


class Needs(NamedTuple):
    """What a call needs.

    Args:
        all: Actions without which it fails.
        some: Actions that it may use, as its arguments say.
    """

    all: tuple[str, ...] = ()
    some: tuple[str, ...] = ()


_PUT = Needs(("s3:PutObject",), ("s3:AbortMultipartUpload", "s3:PutObjectTagging"))
_GET = Needs(("s3:GetObject",), ("s3:GetObjectVersion", "s3:GetObjectTagging", "s3:ListBucket"))
_LIST = Needs(("s3:ListBucket",))
_DELETE = Needs(("s3:DeleteObject",), ("s3:DeleteObjectVersion",))
_COPY = Needs(("s3:PutObject",), (*_GET.all, *_GET.some, *_PUT.some))
_WRITES = ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")
_NAMED_APART = {
    "dynamodb.batch_execute_statement": Needs((), ("dynamodb:*",)),
    "dynamodb.batch_writer": Needs(("dynamodb:BatchWriteItem",)),
    "dynamodb.execute_statement": Needs((), ("dynamodb:*",)),
    "dynamodb.execute_transaction": Needs((), ("dynamodb:*",)),
    "dynamodb.transact_get_items": Needs(("dynamodb:GetItem",)),
    "dynamodb.transact_write_items": Needs((), tuple(f"dynamodb:{each}" for each in _WRITES)),
    "lambda.invoke": Needs(("lambda:InvokeFunction",)),
    "lambda.invoke_async": Needs(("lambda:InvokeFunction",)),
    "bedrock-runtime.converse": Needs(("bedrock:InvokeModel",)),
    "bedrock-runtime.converse_stream": Needs(("bedrock:InvokeModelWithResponseStream",)),
    "s3.abort_multipart_upload": Needs(("s3:AbortMultipartUpload",)),
    "s3.complete_multipart_upload": _PUT,
    "s3.copy": _COPY,
    "s3.copy_object": _COPY,
    "s3.create_multipart_upload": _PUT,
    "s3.delete_object": _DELETE,
    "s3.delete_objects": _DELETE,
    "s3.download_file": _GET,
    "s3.download_fileobj": _GET,
    "s3.get_object": _GET,
    "s3.head_bucket": _LIST,
    "s3.head_object": _GET,
    "s3.list_multipart_uploads": Needs(("s3:ListBucketMultipartUploads",)),
    "s3.list_object_versions": Needs(("s3:ListBucketVersions",)),
    "s3.list_objects": _LIST,
    "s3.list_objects_v2": _LIST,
    "s3.list_parts": Needs(("s3:ListMultipartUploadParts",)),
    "s3.put_object": _PUT,
    "s3.upload_file": _PUT,
    "s3.upload_fileobj": _PUT,
    "s3.upload_part": _PUT,
    "s3.upload_part_copy": _COPY,
    "sesv2.send_email": Needs((), ("ses:SendEmail", "ses:SendRawEmail")),
    "sns.publish_batch": Needs(("sns:Publish",)),
    "sqs.change_message_visibility_batch": Needs(("sqs:ChangeMessageVisibility",)),
    "sqs.delete_message_batch": Needs(("sqs:DeleteMessage",)),
    "sqs.send_message_batch": Needs(("sqs:SendMessage",)),
    # Methods of boto3's resources.
    "sqs.send_messages": Needs(("sqs:SendMessage",)),
    "sqs.receive_messages": Needs(("sqs:ReceiveMessage",)),
    "sqs.delete_messages": Needs(("sqs:DeleteMessage",)),
}


def needs_of(service: str, method: str) -> Needs | None:
    """Return what a call needs; None where that is not known.

    Args:
        service: boto3's name of the service, such as `stepfunctions`.
        method: The method of its client, or of a resource, such as `put_item`.
    """
    found = _NAMED_APART.get(f"{service}.{method}")
    if found is not None or service not in PREFIXES:
        return found
    action = f"{PREFIXES[service]}:{''.join(part.capitalize() for part in method.split('_'))}"
    if not is_known(action) or service == "s3":  # S3 names most of its actions in its own way
        return Needs((action,)) if is_known(action) else None
    return Needs((action,))
