"""Records of a delivery stream, transformed by the function before they are kept.

Sources: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-lambda
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.intrinsics import get_att, ref
from sparta.template.policy import allow, document
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.aws.delivery_stream import DeliveryStream, RecordTransformation
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer

_PARAMETERS = (
    ("buffer_s", "BufferIntervalInSeconds"),
    ("buffer_mb", "BufferSizeInMBs"),
    ("retries", "NumberOfRetries"),
)


def wire(trigger: RecordTransformation, consumer: Consumer) -> Wiring:
    """Return what the stream has to say, and its role's right to invoke the function."""
    stream: DeliveryStream = trigger.origin
    function_arn = get_att(consumer.function_id)
    parameters: list[Body] = [{"ParameterName": "LambdaArn", "ParameterValue": function_arn}]
    for option, name in _PARAMETERS:
        if option in trigger.options:
            value = str(trigger.options[option])
            parameters.append({"ParameterName": name, "ParameterValue": value})
    processing: Body = {
        "Enabled": True,
        "Processors": [{"Type": "Lambda", "Parameters": parameters}],
    }
    invoked: list[Body] = [function_arn]
    if not consumer.alias:
        invoked.append({"Fn::Sub": f"${{{consumer.function_id}.Arn}}:$LATEST"})
    rights = allow(["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"], invoked)
    return Wiring(
        resources={
            consumer.part_id("FirehosePolicy", stream.logical_id): {
                "Type": "AWS::IAM::Policy",
                "Properties": {
                    "PolicyDocument": document([rights]),
                    "PolicyName": "Transform",
                    "Roles": [ref(stream.role.logical_id)],
                },
            }
        },
        source_settings={
            stream.logical_id: {
                "ExtendedS3DestinationConfiguration": {"ProcessingConfiguration": processing}
            }
        },
    )
