from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from sparta.deploy.capabilities import capabilities_of
from sparta.deploy.plan import Plan, plan
from sparta.deploy.sizes import humanised
from sparta.package.packaged import Package
from sparta.template.check.limits import MAX_INLINE_BYTES
from sparta.template.template import Template

if TYPE_CHECKING:
    from pathlib import Path

PARAMETERS = {"CodeBucket": {"Type": "String"}, "CodeKey": {"Type": "String"}}


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path / "Shop-code.zip", "0a1b", 1234, 5678, ())


def queues(count: int, name: str = "Q") -> dict[str, dict[str, Any]]:
    body = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q" * 60}}
    return {f"{name}{number}": body for number in range(count)}


def test_names_are_made_of_content(package: Package) -> None:
    made = plan(Template("Shop", parameters=PARAMETERS), package, bucket="code", tags={"a": "b"})
    (code,) = made.uploads
    assert code.key == "Shop/0a1b-code.zip"
    assert (code.path, code.size_bytes) == (package.archive, 1234)
    assert made.parameters == {"CodeBucket": "code", "CodeKey": code.key}
    assert (made.stack_name, made.tags) == ("Shop", {"a": "b"})
    assert made.template_key == ""


def test_only_declared_parameters_are_given(package: Package) -> None:
    assert plan(Template("Shop", resources=queues(1)), package).parameters == {}


def test_large_template_is_uploaded_under_its_hash(package: Package) -> None:
    template = Template("Shop", resources=queues(600))
    assert len(template.to_json()) > MAX_INLINE_BYTES
    made = plan(template, package)
    upload = made.uploads[1]
    digest = hashlib.sha256(template.to_json()).hexdigest()
    assert made.template_key == upload.key == f"Shop/{digest}-cftemplate.json"
    assert (upload.body, upload.size_bytes) == (made.template, len(made.template))


@pytest.mark.parametrize(
    ("resources", "needed"),
    [
        ({"Q": {"Type": "AWS::SQS::Queue"}}, ()),
        ({"R": {"Type": "AWS::IAM::Role", "Properties": {}}}, ("CAPABILITY_IAM",)),
        (
            {"R": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "r"}}},
            ("CAPABILITY_NAMED_IAM",),
        ),
        (
            {
                "P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyName": "p"}},
                "U": {"Type": "AWS::IAM::User", "Properties": {"UserName": "u"}},
            },
            ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"),
        ),
        (
            {"S": {"Type": "AWS::CloudFormation::Stack"}},
            ("CAPABILITY_AUTO_EXPAND", "CAPABILITY_NAMED_IAM"),
        ),
        (
            {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"Tags": [{"Fn::Transform": {}}]}}},
            ("CAPABILITY_AUTO_EXPAND",),
        ),
    ],
)
def test_capabilities(resources: dict[str, Any], needed: tuple[str, ...]) -> None:
    assert capabilities_of({"Resources": resources}) == needed


def test_transform_needs_a_capability() -> None:
    assert capabilities_of({"Transform": "AWS::Serverless"}) == ("CAPABILITY_AUTO_EXPAND",)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (2200, "2.2 kB"),
        (79_954, "80 kB"),
        (13_000_000, "13 MB"),
        (4_200_000_000, "4.2 GB"),
    ],
)
def test_sizes_as_people_read_them(size: int, text: str) -> None:
    assert humanised(size) == text


def test_what_cloudformation_never_shows_is_not_shown() -> None:
    declared: dict[str, dict[str, Any]] = {
        "Key": {"Type": "String", "NoEcho": True},
        "Stage": {"Type": "String"},
    }
    made = Plan("Shop", b"{}", parameters={"Key": "k", "Stage": "dev"}, open_parameters=declared)
    assert made.shown_parameters == {"Key": "****", "Stage": "dev"}
