from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.deploy.preconditions import verify
from sparta.deploy.stopwatch import Stopwatch
from sparta.errors import DeployError

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Heard, Script

    from sparta.deploy.aws import Aws


def check(aws: Aws, heard: Heard, name: str = "Shop", **roles: str) -> None:
    verify(aws, stack_name=name, bucket="code", roles=roles, report=heard, watch=Stopwatch())


def test_all_is_well(script: Script, heard: Heard) -> None:
    script.answers("iam.get_role", {"Role": _ROLE}, RoleName="worker")
    script.answers("s3.head_bucket", {"BucketRegion": "eu-west-1"}, Bucket="code")
    script.answers("s3.get_bucket_versioning", {"Status": "Enabled"})
    verify(
        script.aws,
        stack_name="Shop",
        bucket="code",
        roles={"arn:aws:iam::123456789012:role/path/worker": "app.py:3"},
        report=heard,
        watch=Stopwatch(),
    )
    assert heard.lines == [
        ("Checking S3 region", {"Bucket": "code", "Region": "eu-west-1"}),
        ("Checking S3 versioning", {"Bucket": "code", "VersioningEnabled": "true"}),
    ]


def test_all_problems_at_once(script: Script, heard: Heard) -> None:
    script.refuses("iam.get_role", "NoSuchEntity", RoleName="worker")
    script.refuses("s3.head_bucket", "404", "Not Found")
    with pytest.raises(DeployError) as caught:
        check(script.aws, heard, "2Shop", worker="app.py:3")
    name, role, bucket = caught.value.problems
    assert "'2Shop' cannot be the name of a stack" in name.what
    assert role.what == "There is no IAM role called worker"
    assert role.where == "app.py:3"
    assert bucket.what == "There is no S3 bucket called code"
    assert "--s3-bucket" in bucket.fix


def test_a_role_with_a_path_or_of_another_account_is_not_what_its_name_says(
    script: Script, heard: Heard
) -> None:
    script.answers("iam.get_role", {"Role": _ROLE}, RoleName="worker")
    script.answers("s3.head_bucket", {"BucketRegion": "eu-west-1"}, Bucket="code")
    script.answers("s3.get_bucket_versioning", {"Status": "Enabled"})
    with pytest.raises(DeployError) as caught:
        check(script.aws, heard, worker="app.py:3")
    (problem,) = caught.value.problems
    assert problem.what == f"The IAM role called worker is {_ROLE['Arn']}, not worker"
    assert problem.fix == f'Write role="{_ROLE["Arn"]}"'


def test_bucket_in_another_region(script: Script, heard: Heard) -> None:
    script.answers("s3.head_bucket", {"BucketRegion": "us-west-2"})
    with pytest.raises(DeployError) as caught:
        check(script.aws, heard)
    (problem,) = caught.value.problems
    assert problem.what == "The bucket code is in us-west-2, the stack would be in eu-west-1"
    assert "use another bucket, or --region" in problem.fix


@pytest.mark.parametrize(("location", "region"), [("us-west-2", "us-west-2"), (None, "us-east-1")])
def test_bucket_without_a_region_header(
    script: Script, heard: Heard, location: str | None, region: str
) -> None:
    script.answers("s3.head_bucket", {})
    answer = {"LocationConstraint": location} if location else {}
    script.answers("s3.get_bucket_location", answer, Bucket="code")
    with pytest.raises(DeployError, match=f"The bucket code is in {region}"):
        check(script.aws, heard)


def test_unversioned_bucket_is_reported_and_fine(script: Script, heard: Heard) -> None:
    script.answers("s3.head_bucket", {"BucketRegion": "eu-west-1"})
    script.answers("s3.get_bucket_versioning", {})
    check(script.aws, heard)
    assert heard.lines[-1][1]["VersioningEnabled"] == "false"


def test_bucket_of_somebody_else(script: Script, heard: Heard) -> None:
    script.refuses("s3.head_bucket", "403", "Forbidden")
    with pytest.raises(DeployError) as caught:
        check(script.aws, heard)
    (problem,) = caught.value.problems
    assert problem.what == "AWS refused to look up the bucket code: 403: Forbidden"
    assert "lacks the permission" in problem.fix


def test_roles_that_may_not_be_read_do_not_hide_the_bucket(script: Script, heard: Heard) -> None:
    script.refuses("iam.get_role", "AccessDenied", "not authorized to perform: iam:GetRole")
    script.refuses("s3.head_bucket", "404")
    with pytest.raises(DeployError) as caught:
        check(script.aws, heard, worker="app.py:3")
    assert len(caught.value.problems) == 2
    assert "iam:GetRole" in caught.value.problems[0].what


_ROLE = {
    "Path": "/",
    "RoleName": "worker",
    "RoleId": "AROAEXAMPLEEXAMPLE",
    "Arn": "arn:aws:iam::123456789012:role/path/worker",
    "CreateDate": "2026-01-01T00:00:00Z",
}
