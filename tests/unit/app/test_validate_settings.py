"""Options of functions that Lambda would refuse: each is told, with its place and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.app.application import application_of
from sparta.app.options import FunctionOptions
from sparta.app.settings import OPTION_NAMES, Settings, settings_of
from sparta.errors import DeclarationError

if TYPE_CHECKING:
    from tests.unit.app.conftest import Declare

HEAD = """
import sparta
from sparta.aws import Bucket, Queue
jobs, uploads = Queue("Jobs"), Bucket("Uploads")
vpc = sparta.Vpc(["subnet-0a1b2c3d"], ["sg-0a1b2c3d"])
def one(**options):
    global f
    f = sparta.Function(lambda: 1, name="one", **options)
    sparta.main("Shop", functions=[f], python="3.12")
"""
ACCESS_POINT = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-" + "0" * 17


def problems(declare: Declare, source: str) -> list[str]:
    with pytest.raises(DeclarationError) as caught:
        application_of(declare(HEAD + source))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            "memory=256",
            "unknown option memory= of 'one' is not allowed\n  did you mean memory_mb=?",
        ),
        ("qqq=1", "use one of alias, architecture"),
        ("ephemeral_storage_mb=511", "ephemeral_storage_mb=511 of 'one'"),
        ("ephemeral_storage_mb=1024.0", "use a whole number from 512 to 10240"),
        ("retries=3", "use a whole number from 0 to 2"),
        ("retries=True", "retries=True of 'one'"),
        ("event_age_s=59", "use a whole number from 60 to 21600"),
        ("reserved_concurrency=-1", "use a whole number, 0 or more"),
        ("provisioned_concurrency=0", "use a whole number, 1 or more"),
        ("provisioned_concurrency=3, reserved_concurrency=2", "reserve at least as many"),
        ("log_retention_days=15", "use one of 1, 3, 5, 7, 14"),
        ("log_retention_days=True", "log_retention_days=True of 'one'"),
        ("recursion='allow'", "use one of 'Allow', 'Terminate'"),
        ("tracing='On'", "use one of 'Active', 'PassThrough'"),
        ("snap_start=1", "use True or False"),
        ("snap_start=True, python='3.11'", "SnapStart takes 3.12 and later"),
        ("snap_start=True, provisioned_concurrency=1", "leave one of the two out"),
        ("snap_start=True, ephemeral_storage_mb=513", "more than 512 MB"),
        ("architecture='arm'", "use one of 'x86_64', 'arm64'"),
        ("python='3.13', dependencies='images'", "has no layers beside it"),
        ("alias='1'", "not digits only"),
        ("alias='a b'", "alias='a b' of 'one'"),
        ("kms_key='mine'", "give the ARN of a KMS key"),
        ("layers='arn'", "give a list of ARNs"),
        ("layers=['arn:aws:lambda:us-east-1:123456789012:layer:a']", "give its ARN with the"),
        ("layers=['arn:aws:lambda:us-east-1:123456789012:layer:a:1'] * 6", "at most 5"),
        ("tags=['a']", "give a dict of texts"),
        ("tags={'a': 1}", "a tag is a text for a text"),
        ("tags={'aws:a': 'b'}", "names starting with aws: are reserved"),
        ("tags={'a': 'b' * 257}", "use up to 256"),
        ("tags={str(n): '' for n in range(51)}", "at most 50"),
        ("dead_letter=uploads", "give a Queue, a Topic, or the ARN of one"),
        ("dead_letter='arn:aws:events:us-east-1:123456789012:event-bus/a'", "is not a target"),
        ("on_failure='arn:aws:sqs:us-east-1:123456789012:a.fifo'", "FIFO"),
        ("on_success=jobs.arn", "<Jobs.Arn, known after deployment> of 'one' is not a target"),
        ("vpc='vpc-1'", "give a sparta.Vpc(...)"),
        ("vpc=sparta.Vpc('subnet-1', ['sg-0a1b2c3d'])", "give a list of 1 to 16"),
        ("vpc=sparta.Vpc(['net'], ['sg-0a1b2c3d'])", "'net' in subnet_ids of the Vpc"),
        ("vpc=sparta.Vpc(['subnet-0a1b2c3d'], [])", "give a list of 1 to 5"),
        ("vpc=sparta.Vpc(['subnet-0a1b2c3d'], ['sg-0a1b2c3d'], ipv6=1)", "ipv6=1"),
        (f"file_system=sparta.FileSystem('{ACCESS_POINT}', '/mnt/a')", "add vpc="),
        (f"vpc=vpc, file_system=sparta.FileSystem('{ACCESS_POINT}', '/data')", "write /mnt/"),
        ("vpc=vpc, file_system=sparta.FileSystem('fsap-1', '/mnt/a')", "access-point/fsap-..."),
        ("logging=sparta.Logging('json')", "use 'Text' or 'JSON'"),
        ("logging=sparta.Logging(system_level='WARN')", "has no effect on a log in Text"),
        ("logging=sparta.Logging('JSON', system_level='ERROR')", "use one of DEBUG, INFO, WARN"),
        ("logging=sparta.Logging(group=jobs)", "is not a log group"),
        ("logging=sparta.Logging(group='a'), log_retention_days=7", "where the group is made"),
    ],
)
def test_what_lambda_would_refuse(declare: Declare, options: str, expected: str) -> None:
    (text,) = problems(declare, f"one({options})")
    assert expected in text
    assert "shop.py:" in text


def test_all_problems_come_at_once(declare: Declare) -> None:
    found = problems(declare, "one(retries=3, tracing='On', memory_mb=1, vpc=3, memory=2)")
    assert len(found) == 5


def test_the_checked_options_are_the_typed_ones() -> None:
    typed = set(FunctionOptions.__annotations__)
    assert typed > OPTION_NAMES
    kept = {"name", "description", "memory_mb", "timeout_s", "environment", "uses", "role"}
    kept |= {"permissions_boundary", "role_path", "runtime_metrics", "json", "dependencies"}
    assert typed - OPTION_NAMES == kept


def test_a_destination_and_a_log_group_are_deployed(declare: Declare) -> None:
    source = """
group = sparta.Resource("Log", "AWS::Logs::LogGroup")
@sparta.function(on_failure=jobs)
def last() -> None: ...
@sparta.function(on_success=last, logging=sparta.Logging(group=group))
def first() -> None: ...
sparta.main("Shop", functions=[first])
"""
    made = application_of(declare(HEAD + source))
    assert [function.name for function in made.functions] == ["first", "last"]
    assert {resource.logical_id for resource in made.resources} == {"Log", "Jobs"}
    assert settings_of(made.functions[1]) == Settings(on_failure=made.resources[1])


def test_what_an_image_does_not_take(declare: Declare) -> None:
    layer = "arn:aws:lambda:us-east-1:123456789012:layer:a:1"
    options = f"python='3.12', snap_start=True, layers=[{layer!r}]"
    source = f"""
f = sparta.Function(lambda: 1, name="one", {options})
sparta.main("Shop", functions=[f], python="3.12", package="image")
"""
    found = problems(declare, source)
    assert [text.partition("= of 'one' does not")[0].rpartition(" ")[2] for text in found] == [
        "layers",
        "python",
        "snap_start",
    ]
