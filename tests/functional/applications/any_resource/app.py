"""Typed resources that two parameters decide about."""

import os

import sparta
from sparta import cfn
from sparta.cfn import dynamodb, sqs, ssm

stage = cfn.Parameter("Stage", default="dev", allowed_values=["dev", "prod"])
secret = cfn.Parameter("Secret", secret=True)
is_prod = cfn.Condition("IsProd", cfn.Equals(stage, "prod"))

failed = sqs.Queue("Failed", condition=is_prod)
jobs = sqs.Queue("Jobs", QueueName=f"{stage}-jobs", attributes=["QueueName"])
orders = dynamodb.Table(
    "Orders",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    BillingMode="PAY_PER_REQUEST",
)
note = ssm.Parameter("Note", Type="String", Value=f"{secret} {cfn.If(is_prod, 'many', 'few')}")


@sparta.function(
    environment={"STAGE": stage.ref}, uses=[sparta.Statement(["sqs:SendMessage"], [jobs.Arn])]
)
def tell() -> dict[str, str]:
    return {"stage": os.environ["STAGE"], "queue": jobs.ref, "name": jobs.QueueName}


sparta.main(
    "AnyResource",
    functions=[tell],
    resources=[failed, jobs, orders, note],
    outputs={"Place": f"{orders.Arn}/{stage}"},
)
