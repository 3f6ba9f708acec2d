"""Reads a queue's messages, with nothing but the standard library."""

import json


def handler(event, context):
    failed = [
        {"itemIdentifier": record["messageId"]}
        for record in event["Records"]
        if json.loads(record["body"])["quantity"] < 1
    ]
    return {"batchItemFailures": failed}
