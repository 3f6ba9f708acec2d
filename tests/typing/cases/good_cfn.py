"""Resources of any type, as an author may write them; nothing here may be reported."""

import sparta
from sparta import cfn
from sparta.cfn import dynamodb, ec2, iam, lambda_, s3, sns, sqs

stage = cfn.Parameter("Stage", default="dev", allowed_values=["dev", "prod"])
size = cfn.Parameter("Size", type="Number", default=3)
subnets = cfn.Parameter("Subnets", type="List<AWS::EC2::Subnet::Id>")
is_prod = cfn.Condition("IsProd", cfn.Equals(stage, "prod"))
either = cfn.Condition("Either", cfn.Or(is_prod, cfn.Not(cfn.Equals(stage, "dev"))))

jobs = sqs.Queue("Jobs", QueueName=f"jobs-{stage}", DelaySeconds=size.ref, condition=is_prod)
orders = dynamodb.Table(
    "Orders",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    BillingMode=cfn.If(is_prod, "PROVISIONED", "PAY_PER_REQUEST"),
    ProvisionedThroughput=cfn.If(
        is_prod, {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}, cfn.NO_VALUE
    ),
    SSESpecification={"SSEEnabled": True},
    depends_on=[jobs],
    deletion_policy="Delete",
)
news = sns.Topic("News", Subscription=[{"Endpoint": jobs.Arn, "Protocol": "sqs"}])
role = iam.Role(
    "Role",
    AssumeRolePolicyDocument={
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    },
    ManagedPolicyArns=["arn:aws:iam::aws:policy/ReadOnlyAccess"],
)
other = lambda_.Function(
    "Other",
    Code={"ZipFile": "def handler(event, context): ..."},
    Handler="index.handler",
    Role=role.Arn,
    Runtime="python3.12",
    VpcConfig={"SubnetIds": subnets.ref, "SecurityGroupIds": cfn.Split(",", "a,b")},
)
subnet = ec2.Subnet(
    "Subnet",
    VpcId=cfn.ImportValue("vpc"),
    AvailabilityZone=cfn.Select(0, cfn.GetAZs()),
    CidrBlock="10.0.0.0/24",
)
files = s3.Bucket("Files", Tags=[{"Key": "table", "Value": orders.get_att("Arn")}])
images = cfn.Mapping("Images", {"eu-west-1": {"Arm": "ami-1"}})
ec2.Instance("Vm", ImageId=cfn.FindInMap(images, cfn.Ref("AWS::Region"), "Arm"))

sparta.main(
    "Shop",
    resources=[jobs, orders, news, other, subnet, files],
    outputs={"Files": files.Arn, "Jobs": cfn.Output(jobs.QueueUrl, condition=either)},
)
