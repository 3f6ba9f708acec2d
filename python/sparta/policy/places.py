"""Where the resources of a stack will be: ARNs, as far as they are known before it exists.

CloudFormation names what has no name of its own `<stack>-<logical id>-<random>`; where a name would
be too long it cuts both, the stack's to 24 characters at the least.
Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from sparta.template.template import Body

_KEPT_OF_A_STACKS_NAME = 24
_VARIABLE = re.compile(r"\$\{(?!!)[^}]*\}")


class Place(NamedTuple):
    """How the ARN of a type is made.

    Args:
        service: The service in its ARN, which is also that of its own actions.
        resources: What follows the account, with `{name}` for the physical name.
        name: The property that gives the physical name; empty where there is none.
        local: Whether the ARN has region and account; `global` ones have neither or only one.
        generated: The pattern of a name that CloudFormation makes.
    """

    service: str
    resources: tuple[str, ...]
    name: str = ""
    local: str = "{region}:{account}"
    generated: str = "{stack}-*"


_FUNCTION = ("function:{name}", "function:{name}:*")
_API = Place("apigateway", ("/apis", "/apis/*", "/tags/*"), local="{region}:")
PLACES = {
    "AWS::ApiGatewayV2::Api": _API,
    "AWS::ApiGatewayV2::Authorizer": _API,
    "AWS::ApiGatewayV2::Integration": _API,
    "AWS::ApiGatewayV2::Route": _API,
    "AWS::ApiGatewayV2::Stage": _API,
    "AWS::CloudWatch::Alarm": Place("cloudwatch", ("alarm:{name}",), "AlarmName"),
    "AWS::CloudWatch::Dashboard": Place(
        "cloudwatch", ("dashboard/{name}",), "DashboardName", ":{account}"
    ),
    "AWS::DynamoDB::Table": Place("dynamodb", ("table/{name}", "table/{name}/*"), "TableName"),
    "AWS::Events::EventBus": Place("events", ("event-bus/{name}",), "Name"),
    "AWS::Events::Rule": Place("events", ("rule/{name}", "rule/*/{name}"), "Name"),
    "AWS::IAM::Role": Place("iam", ("role{path}{name}",), "RoleName", ":{account}"),
    "AWS::Kinesis::Stream": Place("kinesis", ("stream/{name}",), "Name"),
    "AWS::KinesisFirehose::DeliveryStream": Place(
        "firehose", ("deliverystream/{name}",), "DeliveryStreamName"
    ),
    "AWS::Lambda::Alias": Place("lambda", _FUNCTION, "FunctionName", generated="{stack}_*"),
    "AWS::Lambda::EventInvokeConfig": Place(
        "lambda", _FUNCTION, "FunctionName", generated="{stack}_*"
    ),
    "AWS::Lambda::EventSourceMapping": Place("lambda", ("event-source-mapping:*",)),
    "AWS::Lambda::Function": Place("lambda", _FUNCTION, "FunctionName"),
    "AWS::Lambda::LayerVersion": Place("lambda", ("layer:{name}", "layer:{name}:*"), "LayerName"),
    "AWS::Lambda::Permission": Place("lambda", _FUNCTION, "FunctionName", generated="{stack}_*"),
    "AWS::Lambda::Url": Place("lambda", _FUNCTION, generated="{stack}_*"),
    "AWS::Lambda::Version": Place("lambda", _FUNCTION, "FunctionName", generated="{stack}_*"),
    "AWS::Logs::LogGroup": Place(
        "logs", ("log-group:{name}", "log-group:{name}:*"), "LogGroupName"
    ),
    "AWS::S3::Bucket": Place("s3", ("{name}", "{name}/*"), "BucketName", ":", "{lower}-*"),
    "AWS::S3::BucketPolicy": Place("s3", ("{name}",), "Bucket", ":", "{lower}-*"),
    "AWS::SNS::Subscription": Place("sns", ("{name}", "{name}:*")),
    "AWS::SNS::Topic": Place("sns", ("{name}",), "TopicName"),
    "AWS::SNS::TopicPolicy": Place("sns", ("{name}",)),
    "AWS::SQS::Queue": Place("sqs", ("{name}",), "QueueName"),
    "AWS::SQS::QueuePolicy": Place("sqs", ("{name}",)),
    "AWS::SSM::Parameter": Place("ssm", ("parameter/{name}",), "Name", generated="CFN-*"),
    "AWS::Scheduler::Schedule": Place("scheduler", ("schedule/*/{name}",), "Name"),
    "AWS::SecretsManager::Secret": Place(
        "secretsmanager", ("secret:{name}-*",), "Name", generated="{id}"
    ),
    "AWS::StepFunctions::StateMachine": Place(
        "states", ("stateMachine:{name}",), "StateMachineName", generated="{id}-*"
    ),
}
"""The types whose ARNs are known; those of another are `*`."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a stack goes, as far as it is known.

    Args:
        stack: The stack's name.
        partition: `aws`, `aws-cn` or `aws-us-gov`.
        region: Such as `eu-west-1`; `*` for any.
        account: Its number; `*` for any.
    """

    stack: str
    partition: str = "aws"
    region: str = "*"
    account: str = "*"

    def arn(self, service: str, resource: str, local: str = "{region}:{account}") -> str:
        """Return an ARN here."""
        place = local.format(region=self.region, account=self.account)
        return f"arn:{self.partition}:{service}:{place}:{resource}"

    def arns(self, logical_id: str, body: Body) -> list[str]:
        """Return the ARNs that a resource may get; `*` where nothing is known of its type."""
        place = PLACES.get(body["Type"])
        if place is None:
            return ["*"]
        properties = body.get("Properties", {})
        name = self._name(place, logical_id, properties)
        path = self.text(properties.get("Path", "/"))
        found = (text.format(name=name, path=path) for text in place.resources)
        return [self.arn(place.service, resource, place.local) for resource in found]

    def text(self, value: Any) -> str:  # noqa: ANN401 - text or intrinsic function
        """Return a text of the template with what is known put in, and `*` for the rest."""
        if isinstance(value, dict):
            value = value.get("Fn::Sub", "*")
        text = str(value[0] if isinstance(value, list) else value)
        known = {
            "AWS::StackName": self.stack,
            "AWS::Partition": self.partition,
            "AWS::Region": self.region,
            "AWS::AccountId": self.account,
        }
        for variable, here in known.items():
            text = text.replace(f"${{{variable}}}", here)
        return _VARIABLE.sub("*", text).replace("${!", "${")

    def _name(self, place: Place, logical_id: str, properties: Body) -> str:
        given = self.text(properties.get(place.name, "*"))
        if given.startswith("arn:"):
            return given.rpartition(":")[2]
        if given.strip("*"):
            # The next function's name begins alike: one policy for all of them.
            head, own, _ = given.partition(f"{self.stack}_")
            return f"{head}{own}*" if own else given
        cut = self.stack[:_KEPT_OF_A_STACKS_NAME]
        pattern = place.generated
        if cut != self.stack:  # what follows it is not known either
            pattern = pattern.replace("}-*", "}*").replace("}_*", "}*")
        return pattern.format(stack=cut, lower=cut.lower(), id=logical_id)
