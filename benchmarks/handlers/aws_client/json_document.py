"""Sends a large document back."""


def handler(event, context):
    return {"count": len(event["records"]), "records": event["records"]}
