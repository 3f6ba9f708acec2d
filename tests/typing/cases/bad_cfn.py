"""Mistakes in resources of any type; each line marked `error` must be reported."""

import sparta
from sparta import cfn
from sparta.cfn import dynamodb, s3, sns, sqs

KEY: dynamodb.Table = dynamodb.Table(  # error: the required property KeySchema is missing
    "Keyless", BillingMode="PAY_PER_REQUEST"
)
dynamodb.Table("A", KeySchema=[], BillingMode="PER_REQUEST")  # error: not in the enumeration
dynamodb.Table("A", KeySchema=[{"AttributeName": "id"}])  # error: a nested property is missing
dynamodb.Table("A", KeySchema=[{"AttributeName": "id", "KeyType": "KEY"}])  # error: nested enum
dynamodb.Table("A", KeySchema=[], TableNme="a")  # error: no such property
dynamodb.Table("A", KeySchema=[], TableName=3)  # error: a text is wanted
dynamodb.Table("A", KeySchema=[], DeletionProtectionEnabled="yes")  # error: a boolean is wanted
dynamodb.Table("A", KeySchema=[], Tags={"team": "a"})  # error: a list is wanted
dynamodb.Table("A", KeySchema=[], deletion_policy="Keep")  # error: not one of CloudFormation's
dynamodb.Table("A", KeySchema=[], condition="IsLarge")  # error: a Condition is wanted
dynamodb.Table("A", KeySchema=[]).get_att("Url")  # error: it has no such return value
dynamodb.Table("A", KeySchema=[]).QueueUrl  # error: nor such an attribute
dynamodb.Tabel("A", KeySchema=[])  # error: no such type
sqs.Queue("Jobs", DelaySeconds="5")  # error: an integer is wanted
sns.Topic("News", Subscription=[{"Endpoint": "a@b.c"}])  # error: the protocol is missing
s3.Bucket("Files", VersioningConfiguration={"Status": "On"})  # error: not in the enumeration
s3.Bucket("Files", depends_on="News")  # error: resources are wanted
cfn.Parameter("Stage", default=["a"])  # error: a text or a number
cfn.If("IsLarge", "a", "b")  # error: a Condition is wanted
cfn.Condition("IsLarge", True)  # error: something that CloudFormation decides
sparta.main("S", outputs={"Name": 3})  # error: a text or an Output
sparta.main("S", resources=["Jobs"])  # error: a resource is wanted
