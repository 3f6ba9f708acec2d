"""Uploads: what bucket and repository do not hold yet, under names made of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.deploy.image import push
from sparta.deploy.sizes import humanised

if TYPE_CHECKING:
    from sparta.deploy.aws import Aws
    from sparta.deploy.plan import Plan
    from sparta.deploy.report import Report


def upload(plan: Plan, aws: Aws, report: Report) -> None:
    """Put the plan's uploads into its bucket, its image into its repository.

    An interrupted upload leaves no object and no tag behind.

    Raises:
        DeployError: S3 or ECR refuses one.
    """
    if plan.image is not None:
        push(plan.image, aws, report)
    for one in plan.uploads:
        place = {"Bucket": plan.bucket, "Key": one.key}
        if aws.buckets.holds(plan.bucket, one.key):
            report("Already in S3", **place)
        else:
            size = humanised(one.size_bytes)
            report("Uploading local file to S3", **place, Path=one.path or "-", Size=size)
            aws.buckets.put(plan.bucket, one)
