"""What must be clean under mypy --strict and pyright; checked, never run."""

from collections.abc import AsyncIterator, Coroutine, Iterator
from typing import Any

import sparta
from sparta import events, iam
from sparta.aws import Bucket, Queue, Table, Topic

orders = Table("Orders", key="id")
uploads = Bucket("Uploads")
jobs = Queue("Jobs")
news = Topic("News")


class NewOrder(sparta.Model):
    sku: str
    qty: int = 1


@sparta.function(memory_mb=256, uses=[orders.grant("PutItem")])
def create_order(request: sparta.Request[NewOrder], context: sparta.Context) -> dict[str, str]:
    return {"id": context.aws_request_id, "sku": request.body.sku}


@sparta.function(uses=[uploads.grant("GetObject")], on=uploads.created(suffix=".csv"))
def import_csv(event: events.S3) -> None:
    print(event.records[0].key)


@sparta.function(on=(uploads.created(), jobs.messages()))
def both(event: events.S3 | events.Sqs, context: sparta.Context) -> None: ...


@sparta.function(on=(uploads.created(), jobs.messages(), news.messages()))
def three(event: events.S3 | events.Sqs | events.Sns) -> None: ...


@sparta.function(on=sparta.schedule("rate(1 day)"))
async def nightly() -> None: ...


@sparta.function(on=jobs.messages())
def raw(event: dict[str, Any], context: Any) -> None: ...


@sparta.function(on=jobs.messages())
def untyped(event, context):  # type: ignore[no-untyped-def]
    return event


@sparta.function()
def plain(event: dict[str, Any], context: object) -> str:
    return "x"


@sparta.function(name="Hello")
def hello() -> str:
    return "Hello"


class LambdaContext: ...


@sparta.function()
def existing(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return {"statusCode": 200}


@sparta.function()
def pieces(request: sparta.Request[NewOrder]) -> Iterator[str | bytes]:
    yield request.body.sku
    yield b"x"


@sparta.function(on=jobs.messages())
async def pieces_later(event: events.Sqs) -> AsyncIterator[bytes]:
    yield event.records[0].body.encode()


@sparta.function()
def rows(event: dict[str, Any]) -> sparta.StreamedResponse:
    return sparta.stream(pieces(), headers={"x-a": "1"}, content_type="text/csv")


@sparta.function()
async def rows_later() -> sparta.StreamedResponse:
    return sparta.stream(pieces_later(), status=201)


@sparta.function()
@sparta.http_handler
def written(event: Any, context: Any, response: sparta.ResponseWriter, logger: Any) -> None:
    response.status = 201
    response.headers["content-type"] = "application/json"
    response.write("{}")


def handler(event: events.Sqs) -> int:
    return len(event.records)


rust = sparta.RustCrate("./native")
resize = rust.function("resize", memory_mb=512, uses=[orders.grant("GetItem")])
crop = rust.function("crop", name="Crop images", on=(uploads.created(), jobs.messages()))

value = sparta.Function(handler, memory_mb=512, on=jobs.messages())
alone = sparta.Function(
    lambda: "x",
    name="alone",
    uses=[
        iam.allow("s3:GetObject")
        .on(uploads.arn / "images" / "*", iam.arn("s3", "b/*", region="", account=""))
        .when(StringEquals={"aws:SourceVpc": ["vpc-1"]}, Bool={"aws:SecureTransport": True})
        .when({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-1/*"}}),
        iam.deny("s3:*").on(f"{uploads.arn}/secret/*"),
        jobs.read(),
    ],
    permissions_boundary="Limits",
    role_path="/teams/",
)


@sparta.function()
def cleanup(event: dict[str, Any]) -> None: ...


@sparta.function(
    alias="stable",
    architecture="arm64",
    dead_letter=jobs,
    ephemeral_storage_mb=1024,
    event_age_s=60,
    file_system=sparta.FileSystem("arn", "/mnt/a", read_only=True),
    kms_key=orders.arn,
    layers=["arn"],
    log_retention_days=30,
    logging=sparta.Logging("JSON", application_level="INFO", system_level="WARN", group="shared"),
    on_failure=cleanup,
    on_success="arn:aws:events:us-east-1:123456789012:event-bus/orders",
    provisioned_concurrency=1,
    python="3.13",
    recursion="Allow",
    reserved_concurrency=0,
    retries=2,
    snap_start=True,
    tags={"a": "b"},
    tracing="Active",
    vpc=sparta.Vpc(["subnet"], ["group"], ipv6=True),
)
def settled() -> None: ...


api = sparta.HttpApi("orders").post("/orders", create_order).get("/old", existing)
api.get("/pieces", pieces).get("/written", written).put("/images", resize)
sparta.main(
    "Orders",
    "Takes orders",
    functions=[
        *(create_order, import_csv, both, three, nightly, raw, plain, hello, untyped, value),
        *(pieces, pieces_later, rows, rows_later, written, resize, crop),
    ],
    api=api,
    resources=[orders],
)
greeting: str = hello()
order = NewOrder(sku="a", qty=2)
coroutine: Coroutine[Any, Any, None] = nightly()
first: str | bytes = next(pieces())
