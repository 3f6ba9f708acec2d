"""What has to hold in AWS before anything is built or sent; all problems are told at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sparta.errors import DeployError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sparta.deploy.aws import Aws
    from sparta.deploy.report import Report
    from sparta.deploy.stopwatch import Stopwatch

_STACK_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}")


def verify(
    aws: Aws,
    *,
    stack_name: str,
    bucket: str,
    repository: str = "",
    roles: Mapping[str, str],
    report: Report,
    watch: Stopwatch,
) -> None:
    """Check that a deployment can begin.

    Args:
        aws: Where it would go.
        stack_name: The service's name.
        bucket: The bucket for uploads.
        repository: The ECR repository for the image; empty where there is none.
        roles: Existing roles (name or ARN) that functions ask for -> the user's file and line.
        report: Told what is being checked.
        watch: Gets a step for the roles and a step for the rest.

    Raises:
        DeployError: With one problem for each thing that does not hold.
    """
    problems = list(stack_name_problems(stack_name))
    with watch.step("Verifying IAM roles"):
        problems += _role_problems(aws, roles)
    with watch.step("Verifying AWS preconditions"):
        problems += _bucket_problems(aws, bucket, report)
        problems += _repository_problems(aws, repository) if repository else ()
    if problems:
        raise DeployError.of(problems)


def stack_name_problems(stack_name: str) -> Iterator[Problem]:
    """Yield what CloudFormation would not like about the name; needs no AWS."""
    if not _STACK_NAME.fullmatch(stack_name):
        fix = "Use letters, digits and hyphens, a letter first, at most 128 in all"
        yield Problem(f"{stack_name!r} cannot be the name of a stack", fix=fix)


def _role_problems(aws: Aws, roles: Mapping[str, str]) -> Iterator[Problem]:
    for role, declared_at in sorted(roles.items()):
        name = role.rpartition("/")[2]  # of an ARN; IAM names hold no slash
        try:
            found = aws.role_arn(name)
            if found is None:
                fix = "Create it, or leave role= out: Sparta then makes one of its own"
                what = f"There is no IAM role called {name}"
                yield Problem(what, where=declared_at, fix=fix)
            elif found != role and found.partition(":role/")[2] != role:
                what = f"The IAM role called {name} is {found}, not {role}"
                yield Problem(what, where=declared_at, fix=f'Write role="{found}"')
        except DeployError as error:
            yield from error.problems


def _bucket_problems(aws: Aws, bucket: str, report: Report) -> Iterator[Problem]:
    try:
        region = aws.buckets.region(bucket)
        if region is None:
            fix = f"Create it in {aws.region}, or name another by --s3-bucket"
            yield Problem(f"There is no S3 bucket called {bucket}", fix=fix)
            return
        report("Checking S3 region", Bucket=bucket, Region=region)
        if region != aws.region:
            what = f"The bucket {bucket} is in {region}, the stack would be in {aws.region}"
            fix = "Lambda reads code from its own region only: use another bucket, or --region"
            yield Problem(what, fix=fix)
            return
        versioned = str(aws.buckets.versioned(bucket)).lower()
        report("Checking S3 versioning", Bucket=bucket, VersioningEnabled=versioned)
    except DeployError as error:
        yield from error.problems


def _repository_problems(aws: Aws, name: str) -> Iterator[Problem]:
    try:
        if aws.repositories.find(name) is None:
            fix = (
                f"Create it: aws ecr create-repository --repository-name {name} --region "
                f"{aws.region}; or name another by --repository"
            )
            yield Problem(f"There is no ECR repository called {name} in {aws.region}", fix=fix)
    except DeployError as error:
        yield from error.problems
