"""One application whose functions use every option, for the golden template; never deployed."""

import sparta
from sparta import events
from sparta.aws import Queue, Topic

failed = Queue("Failed")
news = Topic("News")
bus = sparta.Resource("Bus", "AWS::Events::EventBus", {"Name": "orders"})
group = sparta.Resource(
    "SharedLog",
    "AWS::Logs::LogGroup",
    {"RetentionInDays": 30},
    deletion_policy="Retain",
    update_replace_policy="Retain",
)
key = sparta.Resource(
    "Key",
    "AWS::KMS::Key",
    {
        "EnableKeyRotation": True,
        "KeyPolicy": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {
                        "AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
                    },
                    "Action": "kms:*",
                    "Resource": "*",
                }
            ],
        },
    },
    deletion_policy="Retain",
    update_replace_policy="Retain",
    attributes=["Arn"],
)
network = sparta.Vpc(
    ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"], ["sg-0a1b2c3d"], ipv6=True
)


@sparta.function(python="3.13", architecture="arm64")
def after(event: dict[str, object]) -> None:
    """Take what became of others; deployed because it is a destination."""


@sparta.function(
    dead_letter=failed,
    ephemeral_storage_mb=1024,
    event_age_s=600,
    file_system=sparta.FileSystem(
        "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0",
        "/mnt/models",
    ),
    kms_key=key.get_att("Arn"),
    layers=["arn:aws:lambda:us-east-1:123456789012:layer:images:3"],
    log_retention_days=90,
    logging=sparta.Logging("JSON", application_level="DEBUG", system_level="WARN"),
    on_failure=bus,
    on_success=after,
    recursion="Allow",
    reserved_concurrency=5,
    retries=0,
    tags={"team": "orders", "cost": "a b"},
    tracing="Active",
    vpc=network,
    on=news.messages(),
)
def everything(event: events.Sns) -> None:
    """Take every option that goes together."""


@sparta.function(
    snap_start=True,
    dead_letter="arn:aws:sns:us-east-1:123456789012:alarms",
    logging=sparta.Logging(group=group),
    on_failure=news,
    on=(sparta.schedule("rate(1 hour)"), failed.messages()),
)
def snapped(event: events.Scheduled | events.Sqs) -> None:
    """Start from a snapshot, by way of the alias."""


@sparta.function(
    alias="stable",
    provisioned_concurrency=2,
    reserved_concurrency=16,
    on_failure=everything,
    on_success=failed,
    vpc=network,
    file_system=sparta.FileSystem(
        "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0",
        "/mnt/models",
        read_only=True,
    ),
    uses=[sparta.Statement(["ec2:DescribeSubnets"], ["*"])],
)
def ready(request: sparta.Request[None]) -> str:
    """Answer from environments that are kept ready."""
    return request.path


if __name__ == "__main__":
    sparta.main(
        "Options",
        "Functions with every option",
        functions=[everything, snapped],
        api=sparta.HttpApi("orders").get("/", ready),
        resources=[key],
    )
