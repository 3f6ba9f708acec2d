"""What is missing and unused is named; what cannot be known is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.policy.lint import findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application

Load = "Callable[..., Application]"


def said(application: Application) -> list[str]:
    """Return the findings as `line: text`."""
    found = findings(application)
    return [f"{one.place.rpartition(':')[2]}: {one.what}" for one in found]


def function(body: str, uses: str = "", head: str = "") -> str:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"{head}\n@sparta.function(uses=[{uses}])\ndef f(event: dict):\n{lines}\n"


FITTING = [
    ("boto3.client('s3').get_object(Bucket=uploads.name, Key='k')", "uploads.read()"),
    (
        "t = boto3.resource('dynamodb').Table(orders.name)\nt.put_item(Item={})",
        "orders.grant('PutItem')",
    ),
    ("import boto3 as b\nb.client('sqs').send_message(QueueUrl=jobs.url)", "jobs.write()"),
    (
        "s = boto3.Session()\nl = s.client('s3').get_paginator('list_objects_v2').paginate()",
        "uploads.grant('ListBucket')",
    ),
    ("boto3.client('dynamodb').get_item(TableName=event['t'])", "orders.grant('GetItem')"),
    (
        "boto3.client('dynamodb').execute_statement(Statement='...')",
        "orders.grant('PartiQLSelect')",
    ),
]


@pytest.mark.parametrize(("body", "uses"), FITTING)
def test_rights_that_fit_are_not_mentioned(
    application: Callable[..., Application], body: str, uses: str
) -> None:
    assert said(application(function(body, uses))) == []


@pytest.mark.parametrize(
    ("body", "uses", "missing"),
    [
        ("boto3.client('s3').put_object(Bucket=uploads.name)", "", "s3:PutObject on Uploads"),
        ("name = other.name\nboto3.client('dynamodb').get_item(TableName=name)",
         "orders.grant('GetItem')", "dynamodb:GetItem on Other"),
        ("boto3.client('sns').publish(TopicArn=event['t'])", "", "sns:Publish"),
        ("helper()", "", "dynamodb:PutItem on Orders"),
        ("boto3.client('s3').generate_presigned_url('get_object')", "", "s3:GetObject"),
    ],
)  # fmt: skip
def test_a_call_without_its_right_is_named_with_its_line(
    application: Callable[..., Application], body: str, uses: str, missing: str
) -> None:
    head = (
        "table = boto3.resource('dynamodb').Table(orders.name)\n"
        "def helper():\n    table.put_item(Item={})"
    )
    loaded = application(function(body, uses, head) + "\nextra = [orders, other, uploads]")
    lacking = [text for text in said(loaded) if "needs" in text]
    assert len(lacking) == 1
    assert f"needs {missing}, which nothing in uses= of 'f' allows" in lacking[0]
    line = int(lacking[0].partition(":")[0])
    source = loaded.app_file.read_text().splitlines()[line - 1]
    assert "(" in source


def test_an_unused_right_is_named_where_it_was_granted(
    application: Callable[..., Application],
) -> None:
    uses = "orders.grant('PutItem', 'Query'), iam.allow('s3:GetObject').on(uploads.arn / '*')"
    body = "boto3.client('dynamodb').put_item(TableName=orders.name, Item={})"
    loaded = application(function(body, uses))
    line = loaded.functions[0].uses[0].declared_at.rpartition(":")[2]
    assert said(loaded) == [
        f"{line}: dynamodb:Query seems unused by 'f'",
        f"{line}: s3:GetObject seems unused by 'f'",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "print(boto3.client('dynamodb'))",
        "print(orders.name)",
        "c = boto3.client('dynamodb')\nc.a_method_of_tomorrow()",
        "Store().save()",
        "store.save()",
        "import nobody_knows",
    ],
)
def test_what_goes_where_it_cannot_be_followed_is_not_judged(
    application: Callable[..., Application], body: str
) -> None:
    head = "class Store:\n    def save(self): ...\nstore = Store()\n"
    assert said(application(function(body, "orders.grant('Query')", head))) == []


def test_an_existing_role_is_not_judged(application: Callable[..., Application]) -> None:
    body = "@sparta.function(role='worker')\ndef f():\n    boto3.client('s3').put_object()\n"
    assert said(application(body)) == []


def test_decorated_handlers_and_closures_are_followed(
    application: Callable[..., Application],
) -> None:
    body = (
        "import functools\n"
        "def logged(call):\n"
        "    @functools.wraps(call)\n"
        "    def wrapper(*given):\n        return call(*given)\n"
        "    return wrapper\n"
        "def plain(call):\n"
        "    def wrapper(*given):\n        return call(*given)\n"
        "    return wrapper\n"
        "@plain\n"
        "def send():\n    boto3.client('sqs').send_message(QueueUrl=jobs.url)\n"
        "@sparta.function(uses=[jobs.grant('SendMessage')])\n"
        "@logged\n"
        "def f(event: dict):\n    send()\n"
    )
    assert said(application(body)) == []


def test_a_misspelt_action_is_named(application: Callable[..., Application]) -> None:
    uses = "iam.allow('s3:GetObjetc').on(uploads.arn / '*')"
    assert any("s3:GetObjetc is no action that IAM knows" in text for text in
               said(application(function("pass", uses))))  # fmt: skip
