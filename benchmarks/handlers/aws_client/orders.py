"""Takes an order, with nothing but the standard library."""

import json

from placed import InvalidOrderError, placed

HEADERS = {"content-type": "application/json"}


def handler(event, context):
    query = event.get("queryStringParameters") or {}
    try:
        body = json.loads(event["body"])
        answer, status = placed(event["pathParameters"]["customer"], query.get("expand"), body), 201
    except InvalidOrderError as error:
        answer, status = {"message": str(error)}, 400
    return {"statusCode": status, "headers": HEADERS, "body": json.dumps(answer)}
