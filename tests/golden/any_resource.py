"""Typed resources of several services, with all a template has beside them; never deployed."""

import sparta
from sparta import cfn
from sparta.cfn import cloudwatch, dynamodb, ec2, kinesis, s3, sns, sqs, ssm, stepfunctions

stage = cfn.Parameter("Stage", default="dev", allowed_values=["dev", "prod"], description="Where")
network = cfn.Parameter("Network", type="AWS::EC2::VPC::Id")
shards = cfn.Parameter("Shards", type="Number", default=1, min_value=1, max_value=8)
is_prod = cfn.Condition("IsProd", cfn.Equals(stage, "prod"))
is_roomy = cfn.Condition("IsRoomy", cfn.And(is_prod, cfn.Not(cfn.Equals(shards, "1"))))
ranges = cfn.Mapping("Ranges", {"dev": {"Cidr": "10.0.0.0/24"}, "prod": {"Cidr": "10.1.0.0/24"}})

failed = sqs.Queue("Failed", MessageRetentionPeriod=1_209_600, condition=is_prod)
jobs = sqs.Queue(
    "Jobs",
    QueueName=f"{stage}-jobs",
    RedrivePolicy=cfn.If(
        is_prod, {"deadLetterTargetArn": failed.Arn, "maxReceiveCount": 3}, cfn.NO_VALUE
    ),
    MessageRetentionPeriod=345_600,
    VisibilityTimeout=60,
)
news = sns.Topic("News", Subscription=[{"Endpoint": jobs.Arn, "Protocol": "sqs"}])
carts = dynamodb.Table(
    "Carts",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    BillingMode="PAY_PER_REQUEST",
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    TimeToLiveSpecification={"AttributeName": "until", "Enabled": True},
    metadata={"owner": "shop"},
)
clicks = kinesis.Stream(
    "Clicks", ShardCount=shards.ref, RetentionPeriodHours=24, deletion_policy="Delete"
)
files = s3.Bucket(
    "Files",
    VersioningConfiguration={"Status": cfn.If(is_prod, "Enabled", "Suspended")},
    depends_on=[news],
)
where = ssm.Parameter(
    "Where", Type="String", Value=f"s3://{files.ref}/{cfn.Select(0, cfn.GetAZs())}"
)
subnet = ec2.Subnet(
    "Private",
    VpcId=network.ref,
    CidrBlock=cfn.FindInMap(ranges, stage, "Cidr"),
    AvailabilityZone=cfn.Select(0, cfn.GetAZs()),
    condition=is_roomy,
)
waiting = cloudwatch.Alarm(
    "Waiting",
    ComparisonOperator="GreaterThanThreshold",
    EvaluationPeriods=1,
    Threshold=100,
    Namespace="AWS/SQS",
    MetricName="ApproximateNumberOfMessagesVisible",
    Dimensions=[{"Name": "QueueName", "Value": jobs.QueueName}],
    Statistic="Maximum",
    Period=60,
    AlarmActions=[news.TopicArn],
)
flow = stepfunctions.StateMachine(
    "Flow",
    RoleArn=f"arn:{cfn.Ref('AWS::Partition')}:iam::{cfn.Ref('AWS::AccountId')}:role/flow",
    DefinitionString='{"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}',
)


@sparta.function(
    environment={"STAGE": stage.ref, "ORDER": cfn.Join("-", ["a", stage.ref])},
    uses=[sparta.Statement(["sqs:SendMessage"], [jobs.Arn])],
)
def enqueue(event: dict[str, object]) -> None:
    """Send a job on."""


if __name__ == "__main__":
    sparta.main(
        "AnyResource",
        "Resources of any type",
        functions=[enqueue],
        resources=[failed, jobs, news, carts, clicks, files, where, subnet, waiting, flow],
        outputs={
            "Subnet": cfn.Output(subnet.SubnetId, condition=is_roomy),
            "Table": cfn.Output(carts.Arn, export="shop-carts", description="The carts"),
            "Place": f"{files.Arn}/{stage}",
        },
    )
