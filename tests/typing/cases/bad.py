"""Mistakes that mypy and pyright must both report, on the lines marked; checked, never run."""

import sparta
from sparta import events, iam
from sparta.aws import Bucket, Queue, Table

orders = Table("Orders", key="id")
uploads = Bucket("Uploads")
jobs = Queue("Jobs")


@sparta.function(on=uploads.created())  # error: the trigger's events are not Sqs
def wrong_event(event: events.Sqs) -> None: ...


@sparta.function(uses=[orders.grant("GetObject")])  # error: not an action of a table
def wrong_action() -> None: ...


@sparta.function(memory=256)  # error: no such option
def wrong_option() -> None: ...


@sparta.function(on=uploads.created())
def s3(event: events.S3) -> None:
    print(event.recrods)  # error: no such attribute


sparta.HttpApi("a").post("/x", s3)  # error: not a handler of requests


class Order(sparta.Model):
    sku: str


Order(skuu="x")  # error: no such field
Order(sku=1)  # error: not a str
Order(sku="x").sku = "y"  # error: frozen


@sparta.function(on=(uploads.created(), jobs.messages()))  # error: takes only one of the two
def partial(event: events.S3) -> None: ...


s3(events.Sqs({}))  # error: not the handler's event
sparta.Function(s3.handler, memory="256")  # error: no such option


@sparta.function(runtime_metrics="yes")  # error: not a bool
def measured() -> None: ...


@sparta.function(json="plain")  # error: not one of the two
def encoded() -> None: ...


sparta.on_shutdown(3)  # error: cannot be called


iam.allow("s3:GetObject").when(Bool={})  # error: on nothing yet
iam.allow("s3:GetObject").on(uploads.name / "images/*")  # error: a name is no ARN
iam.allow("s3:GetObject").on(uploads)  # error: not an ARN
iam.allow("s3:GetObject").on(uploads.arn).when(StringEqual={})  # error: no such operator
jobs.grant("Publish")  # error: an action of a topic
Table("Typed", key="id", indexes={"by_day": "day"})  # error: not an Index


@sparta.function(uses=[iam.allow("s3:GetObject")])  # error: on nothing yet
def allowed() -> None: ...


@sparta.function(uses=[uploads])  # error: not a grant
def used() -> None: ...


def needs_a_number(number: int) -> None: ...


sparta.on_shutdown(needs_a_number)  # error: takes an argument


def three(event: object, context: object, response: sparta.ResponseWriter) -> None:
    response.status = "200"  # error: not an int
    response.headers["x-a"] = 5  # error: not a str


sparta.http_handler(three)  # error: takes no logger
sparta.Response(status="200")  # error: not an int
sparta.Response(headers={"x-a": 1})  # error: not a str
sparta.Response(cookies="a=1")  # error: not a list or tuple
sparta.stream(["a"], cookies="a=1")  # error: not a list or tuple
sparta.stream(["a"], content_type=5)  # error: not a str
sparta.metric("Orders", "1")  # error: not a number
sparta.metric("Orders", 1, unit="Pieces")  # error: not a unit
sparta.metric("Orders", 1, kind=5)  # error: not a str

rust = sparta.RustCrate("./native")
rust.function("resize", json="extended")  # error: what a function in Rust returns is serde's
rust.function("resize", uses=[orders.grant("GetObject")])  # error: not an action of a table


@sparta.function(python="3.10")  # error: not a Python of Lambda's that Sparta supports
def dated() -> None: ...


@sparta.function(architecture="arm")  # error: not a processor
def misplaced() -> None: ...


@sparta.function(tracing="On")  # error: not one of the two
def traced() -> None: ...


@sparta.function(log_retention_days=15)  # error: CloudWatch has no such period
def logged() -> None: ...


@sparta.function(dead_letter=3)  # error: not a target
def lost() -> None: ...


@sparta.function(on_failure=orders.grant("PutItem"))  # error: a grant is not a target
def followed() -> None: ...


@sparta.function(vpc="vpc-1")  # error: not a Vpc
def connected() -> None: ...


@sparta.function(retries="2")  # error: not an int
def retried() -> None: ...


@sparta.function(recursion="allow")  # error: not one of the two
def recursive() -> None: ...


@sparta.function(ephemeral_storage=1024)  # error: no such option
def stored() -> None: ...


@sparta.function(layers="arn", snap_start="yes")  # error: not a bool
def layered() -> None: ...


@sparta.function(tags={"a": 1})  # error: a tag is a text
def tagged() -> None: ...


sparta.Logging("Json")  # error: not a format
sparta.Logging(system_level="ERROR")  # error: Lambda's own lines have no such level
sparta.Vpc(["subnet-1"])  # error: no security groups
sparta.FileSystem("arn", "/mnt/a", write=True)  # error: no such argument
