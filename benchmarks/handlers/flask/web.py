"""A Flask application behind a WSGI adapter for API Gateway's payload 2.0."""

from apig_wsgi import make_lambda_handler
from flask import Flask, Response, jsonify, request
from placed import InvalidOrderError, placed

application = Flask(__name__, static_folder=None)


@application.get("/hello")
def hello():
    return Response("Hello", mimetype="text/plain")


@application.post("/customers/<customer>/orders")
def create_order(customer):
    try:
        return jsonify(placed(customer, request.args.get("expand"), request.get_json())), 201
    except InvalidOrderError as error:
        return jsonify({"message": str(error)}), 400


handler = make_lambda_handler(application)
