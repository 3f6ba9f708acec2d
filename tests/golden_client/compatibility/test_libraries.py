"""What else applications use on Lambda, and what is known not to work."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.golden_client.compatibility.conftest import Compatibility

IDENTITY = (
    b'<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
    b"<GetCallerIdentityResult><Account>123456789012</Account><UserId>u</UserId>"
    b"<Arn>arn:aws:sts::123456789012:role</Arn></GetCallerIdentityResult>"
    b"</GetCallerIdentityResponse>"
)


@pytest.fixture
def sts() -> Iterator[str]:
    """Return the address of a service that knows who calls."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(IDENTITY)))
            self.end_headers()
            self.wfile.write(IDENTITY)

        def log_message(self, *_given: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def xray() -> Iterator[socket.socket]:
    """Return the socket of an X-Ray daemon."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as daemon:
        daemon.bind(("127.0.0.1", 0))
        daemon.settimeout(10)
        yield daemon


def segments(daemon: socket.socket, count: int) -> list[dict[str, Any]]:
    """Return the segments that every side sent, identifiers and times left out."""
    found = []
    for _ in range(count):
        segment = json.loads(daemon.recv(65_536).split(b"\n", 1)[1])
        kept = {name: segment.get(name) for name in ("name", "trace_id", "parent_id", "fault")}
        annotations = segment.get("annotations")
        found.append(kept | {"annotations": annotations, "metadata": segment.get("metadata")})
    return found


def test_boto3(compatibility: Compatibility, sts: str) -> None:
    source = """
import boto3
CLIENT = boto3.client("sts")
def handler(event, context):
    return CLIENT.get_caller_identity()["Account"], boto3.__version__
"""
    credentials = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "NO_PROXY": "127.0.0.1"}
    seen = compatibility.same(source, 1, 2, AWS_ENDPOINT_URL=sts, **credentials)
    assert [value[0] for value in seen.values] == ["123456789012"] * 2


def test_mangum_with_fastapi(compatibility: Compatibility) -> None:
    source = """
import asyncio
from contextlib import asynccontextmanager
from fastapi import BackgroundTasks, FastAPI, Request
from mangum import Mangum
from pydantic import BaseModel
class Order(BaseModel):
    sku: str
    count: int = 1
@asynccontextmanager
async def lifespan(app):
    app.state.started = True
    yield
app = FastAPI(lifespan=lifespan)
@app.post("/orders/{name}")
async def take(name: str, order: Order, request: Request, tasks: BackgroundTasks):
    await asyncio.sleep(0)
    tasks.add_task(print, "afterwards")
    context = request.scope["aws.context"]
    return {"name": name, "sku": order.sku, "request": context.aws_request_id}
@app.get("/plain")
def plain():
    raise LookupError("é")
handler = Mangum(app)
"""
    events = [
        {
            "version": "2.0", "rawPath": path, "rawQueryString": "", "body": body,
            "isBase64Encoded": False, "headers": {"content-type": "application/json"},
            "requestContext": {"http": {"method": method, "path": path, "sourceIp": "1.1.1.1"}},
        }
        for method, path, body in (
            ("POST", "/orders/one", '{"sku": "é"}'), ("POST", "/orders/two", '{"count": "x"}'),
            ("GET", "/absent", ""),
        )
    ]  # fmt: skip
    seen = compatibility.same(source, *events)
    assert [value["statusCode"] for value in seen.values] == [200, 422, 404]
    assert json.loads(seen.values[0]["body"])["request"] == "request-0"


def test_x_ray(compatibility: Compatibility, xray: socket.socket) -> None:
    source = """
from aws_xray_sdk.core import patch, xray_recorder
patch(["botocore"])
def handler(event, context):
    with xray_recorder.in_subsegment("## work") as segment:
        segment.put_annotation("order", event)
        return segment.trace_id, segment.sampled
"""
    address = f"127.0.0.1:{xray.getsockname()[1]}"
    seen = compatibility.same(source, 1, 2, AWS_XRAY_DAEMON_ADDRESS=address)
    assert seen.values == [["1-5759e988-bd862e3fe1be46a994272793", True]] * 2
    sent = segments(xray, 8)
    assert sent[:2] == sent[2:4] == sent[4:6] == sent[6:]
    assert sent[0]["parent_id"] == "53995c3f42cd8ad8"


def test_powertools_tracer(compatibility: Compatibility, xray: socket.socket) -> None:
    source = """
from aws_lambda_powertools import Tracer
tracer = Tracer(service="orders")
@tracer.capture_lambda_handler
def handler(event, context):
    return event
"""
    address = f"127.0.0.1:{xray.getsockname()[1]}"
    compatibility.same(source, 1, 2, AWS_XRAY_DAEMON_ADDRESS=address)
    sent = segments(xray, 8)
    assert sent[:2] == sent[2:4] == sent[4:6] == sent[6:]
    assert [segment["annotations"]["ColdStart"] for segment in sent] == [True, False] * 4


def test_structlog(compatibility: Compatibility) -> None:
    source = """
import logging, structlog
structlog.configure(
    processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level,
                structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
LOG = structlog.get_logger()
STANDARD = structlog.wrap_logger(logging.getLogger("own"))
def handler(event, context):
    structlog.contextvars.bind_contextvars(request=context.aws_request_id)
    LOG.info("taken é", order=event)
    STANDARD.warning("by the standard library")
    try:
        1 / 0
    except ZeroDivisionError:
        LOG.exception("failed")
"""
    seen = compatibility.same(source, 1, 2)
    assert b'"request": "request-1"' in seen.stdout


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing(compatibility: Compatibility, method: str) -> None:
    source = f"""
import multiprocessing, structlog
CONTEXT = multiprocessing.get_context("{method}")
def child(pipe, event):
    pipe.send([event, structlog.__name__])
    pipe.close()
def handler(event, context):
    mine, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=child, args=(theirs, event))
    process.start()
    found = mine.recv()
    process.join()
    return found, process.exitcode
"""
    assert compatibility.same(source, 1, 2).values[1] == [[2, "structlog"], 0]


SENTRY = """
import sentry_sdk
from sentry_sdk.integrations.aws_lambda import AwsLambdaIntegration
from sentry_sdk.integrations.serverless import serverless_function
from sentry_sdk.transport import Transport
class Printing(Transport):
    def capture_envelope(self, envelope):
        event = envelope.get_event()
        if event:
            print("sent", event["exception"]["values"][-1]["value"])
sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", transport=Printing, integrations=[{integration}])
{decorator}
def handler(event, context):
    raise LookupError("lost")
"""


ADVICE = b"Sentry's AwsLambdaIntegration has no effect on the native"


def test_sentry_s_integration_is_answered_by_advice(compatibility: Compatibility) -> None:
    # Point 67 of AWS's client: the integration replaces functions inside of it.
    source = SENTRY.format(integration="AwsLambdaIntegration()", decorator="")
    aws, core, takeover, handler = compatibility.run(source, 1, 2)
    assert aws.kinds == core.kinds == takeover.kinds == handler.kinds == ["error", "error"]
    for door in (core, takeover):
        assert (b"sent lost" in door.stdout, door.stdout.count(ADVICE)) == (False, 1)
    for seen in (aws, handler):  # behind the handler door it is at work
        assert (seen.stdout.count(b"sent lost\n"), ADVICE in seen.stdout) == (2, False)


def test_sentry_by_its_decorator(compatibility: Compatibility) -> None:
    source = SENTRY.format(integration="", decorator="@serverless_function")
    source = source.replace(
        "from sentry_sdk.integrations.aws_lambda import AwsLambdaIntegration", ""
    )
    for seen in compatibility.run(source, 1, 2):
        assert seen.stdout.count(b"sent lost\n") == 2
        assert ADVICE not in seen.stdout


def test_a_pth_file_in_the_task_root(compatibility: Compatibility) -> None:
    # Points 56 and 57 of AWS's client: what it names comes last, and its imports are executed.
    files = {
        "own.pth": "vendored\nimport own_start; own_start.began.append(__name__)\n",
        "own_start.py": "began = []\n",
        "vendored/shared.py": "PLACE = __file__.split('/')[-2]\n",
    }
    source = """
import sys, own_start, shared
def handler(event, context):
    place = next(path for path in sys.path if path.endswith("/vendored"))
    return shared.PLACE, own_start.began, sys.path.count(place)
"""
    seen = replace(compatibility, files=files).same(source, 1, 2)
    assert seen.values == [["vendored", ["site"], 1]] * 2
