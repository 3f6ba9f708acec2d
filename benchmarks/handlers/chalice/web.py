"""A Chalice application.

Chalice reads payload 1.0, which REST APIs send, and nothing else: what it needs of payload 2.0 is
named as there first, a few assignments.
"""

from chalice import BadRequestError, Chalice, Response
from placed import InvalidOrderError, placed

app = Chalice(app_name="benchmark")


@app.route("/hello")
def hello():
    return Response("Hello", headers={"Content-Type": "text/plain"})


@app.route("/customers/{customer}/orders", methods=["POST"])
def create_order(customer):
    request = app.current_request
    try:
        answer = placed(customer, (request.query_params or {}).get("expand"), request.json_body)
    except InvalidOrderError as error:
        raise BadRequestError(str(error)) from error
    return Response(answer, status_code=201)


def handler(event, context):
    http = event["requestContext"]["http"]
    method, path = event["routeKey"].split(" ")
    query = event.get("queryStringParameters")
    event["requestContext"] = {
        "httpMethod": method,
        "resourcePath": path,
        "identity": {"sourceIp": http["sourceIp"]},
    }
    event["multiValueQueryStringParameters"] = query and {
        name: value.split(",") for name, value in query.items()
    }
    event.setdefault("pathParameters", None)
    event.setdefault("body", None)
    event["stageVariables"] = None
    return app(event, context)
