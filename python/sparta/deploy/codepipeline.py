"""The package for CodePipeline: the template, and for each environment the values it takes.

A CloudFormation action of a pipeline takes the template and, as template configuration, one of the
files beside it: `{"Parameters": {...}, "Tags": {...}}`.
Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson

from sparta.deploy.plan import BUCKET_PARAMETER, Upload
from sparta.errors import DeployError, Problem, UsageError
from sparta.package import archive
from sparta.package.packaged import SPARTA, PackagedFile
from sparta.package.settings import Environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sparta.deploy.aws import Aws
    from sparta.deploy.plan import Plan
    from sparta.deploy.report import Report

TEMPLATE = "cloudformation.json"
ONLY_ENVIRONMENT = "parameters"
"""The one file of values, where the project declares no environments."""
_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def file_name(name: str) -> str:
    """Return the name of the package's file.

    Raises:
        UsageError: It is a path, or no name at all.
    """
    bare = name.removesuffix(".zip")
    if not bare or not bare.replace("-", "").replace("_", "").replace(".", "").isalnum():
        fix = "Give letters, digits, `-`, `_` and `.`, such as --codepipeline shop.zip"
        raise UsageError(f"{name!r} cannot be the name of a pipeline's package", fix=fix)
    return f"{bare}.zip"


def write(plan: Plan, environments: Mapping[str, Environment], path: Path) -> Upload:
    """Write the package; return it as an upload, its key `<service>/<file>`.

    Args:
        plan: What a deployment would ask of CloudFormation.
        environments: Those of the project, by name; none means one, with the plan's own bucket.
        path: The ZIP file to make.

    Raises:
        UsageError: An environment has no bucket for the code, or a secret value would stand in the
            package in clear.
    """
    files = [PackagedFile(TEMPLATE, SPARTA, content=_indented(orjson.loads(plan.template)))]
    problems = [
        Problem(
            f"the value of the secret parameter {name} would stand in the package in clear",
            fix="leave it out here, and give it to the pipeline's stack by hand, once",
        )
        for name, body in plan.open_parameters.items()
        if body.get("NoEcho") and name in plan.parameters
    ]
    for name, one in (environments or {ONLY_ENVIRONMENT: Environment()}).items():
        bucket = one.bucket or plan.bucket
        if not bucket:
            fix = "Give --s3-bucket NAME, or write it into pyproject.toml: "
            fix += f'[tool.sparta.environments.{name}] bucket = "..."'
            problems.append(Problem(f"{name}.json has no bucket for the code", fix=fix))
        tags = {**plan.tags, **one.tags}
        values = {"Parameters": {**plan.parameters, BUCKET_PARAMETER: bucket}}
        content = _indented({**values, "Tags": tags} if tags else values)
        files.append(PackagedFile(f"{name}.json", SPARTA, content=content))
    if problems:
        raise UsageError.of(problems)
    made = archive.write(files, path)
    return Upload(f"{plan.stack_name}/{path.name}", made.size_bytes, path=path)


def send(package: Upload, plan: Plan, aws: Aws, report: Report) -> None:
    """Put the package where the pipeline looks for it; the same one is not sent again.

    Raises:
        DeployError: The bucket keeps no versions, which a pipeline's source has to.
    """
    if not aws.buckets.versioned(plan.bucket):
        raise DeployError(
            f"The bucket {plan.bucket} keeps no versions, CodePipeline cannot watch it",
            fix="Turn versioning on, or name another bucket by --s3-bucket",
        )
    content = package.path.read_bytes() if package.path else package.body
    place = {"Bucket": plan.bucket, "Key": package.key}
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if aws.buckets.entity_tag(plan.bucket, package.key) == digest:
        report("The pipeline's package is unchanged", **place)
        return
    report("Uploading the pipeline's package", **place)
    aws.buckets.put(plan.bucket, package)


def _indented(document: object) -> bytes:
    return orjson.dumps(document, option=_OPTIONS)
