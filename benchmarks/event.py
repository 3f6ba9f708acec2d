"""The event of the benchmarks: 1,536 bytes, as API Gateway's HTTP API (payload 2.0) sends it.

Source of the shape:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

import json

SIZE_BYTES = 1536


def _event(padding: str) -> bytes:
    body = {"sku": "lamp-7", "qty": 3, "note": padding}
    document = {
        "version": "2.0",
        "routeKey": "POST /orders",
        "rawPath": "/orders",
        "rawQueryString": "expand=items&expand=total",
        "cookies": ["session=8f14e45fceea167a", "theme=dark"],
        "headers": {
            "accept": "application/json",
            "accept-encoding": "gzip, deflate, br",
            "content-length": "64",
            "content-type": "application/json",
            "host": "abcde12345.execute-api.us-east-1.amazonaws.com",
            "user-agent": "benchmark/1.0",
            "x-amzn-trace-id": "Root=1-66f0c0de-0123456789abcdef01234567",
            "x-forwarded-for": "203.0.113.7",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
        },
        "queryStringParameters": {"expand": "items,total"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abcde12345",
            "domainName": "abcde12345.execute-api.us-east-1.amazonaws.com",
            "domainPrefix": "abcde12345",
            "http": {
                "method": "POST",
                "path": "/orders",
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "benchmark/1.0",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "POST /orders",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 1767225600000,
        },
        "body": json.dumps(body),
        "isBase64Encoded": False,
    }
    return json.dumps(document).encode()


EVENT = _event("." * (SIZE_BYTES - len(_event(""))))
