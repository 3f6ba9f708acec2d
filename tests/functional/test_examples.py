"""The examples, deployed to the local AWS and used as their users would."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local import daemon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

EXAMPLES = Path(__file__).parents[2] / "examples"
HELLO_FUNCTION = "HelloworldtestLambdaa4a9e95c84255c65c284ce95dd7d3c45776c1a68"
HELLO_ROLE = "IAMRolebc3b888fab1664f42799785a6d9a3bb76ea63798"


@pytest.fixture(scope="module")
def hello(project_of: ProjectOf) -> Project:
    return project_of(EXAMPLES / "hello", "SpartaHelloWorld")


def test_hello_noop_keeps_the_template_with_the_ids_of_the_original(hello: Project) -> None:
    hello.run("provision", "--noop")
    artifacts = hello.folder / ".sparta"
    template = json.loads((artifacts / "SpartaHelloWorld-cftemplate.json").read_text())
    assert {HELLO_FUNCTION, HELLO_ROLE} <= template["Resources"].keys()
    assert (artifacts / "SpartaHelloWorld-code.zip").is_file()


@pytest.mark.parametrize("runtime", ["python", "native"])
def test_hello_answers_on_both_runtimes(hello: Project, runtime: str, native_library: Path) -> None:
    assert native_library.is_file()
    hello.sparta("provision", "--local", "--runtime", runtime)
    shown = hello.sparta("invoke", "Hello world test", "--local")
    assert '"Hello World 🌏"' in shown
    answer = hello.client("lambda").invoke(FunctionName="SpartaHelloWorld_Hello_world_test")
    assert answer["Payload"].read().decode() == '"Hello World 🌏"'
    assert "AWS's client serves this function" not in daemon.logs(hello.folder)
    environment = hello.client("lambda").get_function_configuration(
        FunctionName="SpartaHelloWorld_Hello_world_test"
    )["Environment"]["Variables"]
    assert ("AWS_LAMBDA_EXEC_WRAPPER" in environment) == (runtime == "native")


def test_hello_is_deleted(hello: Project) -> None:
    hello.run("provision", "--local")
    assert hello.client("lambda").list_functions()["Functions"]
    hello.run("delete", "--local")
    functions = hello.client("lambda").list_functions()["Functions"]
    assert functions == []


@pytest.fixture(scope="module")
def orders(project_of: ProjectOf, native_library: Path) -> Iterator[Project]:
    assert native_library.is_file()
    project = project_of(EXAMPLES / "orders", "Orders")
    project.run("provision", "--local")
    yield project
    project.run("delete", "--local", "--purge")
    assert project.client("dynamodb").list_tables()["TableNames"] == []


def http(project: Project, method: str, path: str, body: object = None) -> tuple[int, Any]:
    endpoint = daemon.status(project.folder)
    assert endpoint is not None
    url = endpoint.reachable(project.outputs()["ordersUrl"]) + path
    content = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, content, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_the_import_of_sparta_native_is_the_whole_opt_in(orders: Project) -> None:
    configuration = orders.client("lambda").get_function_configuration(
        FunctionName="Orders_create_order"
    )
    variables = configuration["Environment"]["Variables"]
    assert variables["AWS_LAMBDA_EXEC_WRAPPER"] == "/var/task/bootstrap"


def test_an_order_is_placed_and_found(orders: Project) -> None:
    status, order = http(orders, "POST", "/orders", {"sku": "book", "qty": 2})
    assert (status, order["sku"], order["qty"]) == (201, "book", 2)
    assert http(orders, "GET", f"/orders/{order['id']}") == (200, order)
    assert http(orders, "GET", "/orders/none") == (404, {"message": "no such order"})


def test_an_order_that_is_not_valid_is_answered_with_every_problem(orders: Project) -> None:
    status, answer = http(orders, "POST", "/orders", {"qty": "two"})
    assert status == 400
    assert answer["errors"] == ["body.sku: missing", "body.qty: expected int, got str"]


def test_the_lines_of_a_file_become_orders(orders: Project) -> None:
    bucket = orders.outputs()["Uploads"]
    content = b"sku,qty\nlamp,3\nchair,4\n"
    orders.client("s3").put_object(Bucket=bucket, Key="today's.csv", Body=content)
    table = orders.outputs()["Orders"]
    dynamodb = orders.client("dynamodb")
    end = time.monotonic() + 15
    found: set[str] = set()
    while not {"lamp", "chair"} <= found and time.monotonic() < end:
        found = {item["sku"]["S"] for item in dynamodb.scan(TableName=table)["Items"]}
        time.sleep(0.1)
    assert {"lamp", "chair"} <= found
