from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.package.conftest import write_files
from tests.unit.package.test_join import python

from sparta.package import native_source
from sparta.package.cfn_services import services_named
from sparta.package.join import joined
from sparta.package.packaged import APPLICATION, PackagedFile

if TYPE_CHECKING:
    from pathlib import Path

APP = """
from sparta.cfn import dynamodb, sqs
orders = dynamodb.Table("Orders", KeySchema=[], condition=None)
jobs = sqs.Queue("Jobs", DelaySeconds=3)
print(type(orders).__name__, orders.type, jobs.type, repr(orders.Arn), jobs.properties)
try:
    dynamodb.Tabel
except AttributeError as error:
    print(error)
try:
    orders.arn
except AttributeError as error:
    print(error)
"""
PRINTED = """\
Table AWS::DynamoDB::Table AWS::SQS::Queue <Orders.Arn, known after deployment> {'DelaySeconds': 3}
CloudFormation has no type AWS::DynamoDB::Tabel; there is GlobalTable Table
<AWS::DynamoDB::Table Orders> has no attribute 'arn'
"""


def named(source: str) -> tuple[str, ...]:
    return services_named([PackagedFile("app.py", APPLICATION, content=source.encode())])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from sparta.cfn import dynamodb, lambda_ as l, Resource", ("dynamodb", "lambda_")),
        ("from sparta.cfn.sqs import Queue", ("sqs",)),
        ("def f():\n    import sparta.cfn.sns", ("sns",)),
        ("from importlib import import_module as i\ni('sparta.cfn.ec2')  # sparta", ("ec2",)),
        ("import sparta\nfrom sparta.cfn import nosuch", ()),
        ("from other.cfn import sqs  # sparta", ()),
        ("this is not Python: sparta.cfn.sqs", ()),
    ],
)
def test_what_is_imported_is_found(source: str, expected: tuple[str, ...]) -> None:
    assert named(source) == tuple(f"sparta.cfn.{name}" for name in expected)


def test_only_the_services_in_use_enter_and_they_work(tmp_path: Path) -> None:
    without = joined(native_source.PACKAGE)
    files = joined(native_source.PACKAGE, named(APP))
    assert files.keys() - without.keys() == {
        "sparta/_cfn_dynamodb.py",
        "sparta/_cfn_sqs.py",
        "sparta/_cfn_typed.py",
    }
    write_files(tmp_path, files)
    assert python(APP, tmp_path) == PRINTED
    assert python(APP, native_source.PACKAGE.parent) == PRINTED
