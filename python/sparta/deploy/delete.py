"""A stack goes, and what it leaves behind is told.

settle          wait for an operation that is running
look            what deletion policies keep; which buckets still hold objects
--purge         an update first takes the deletion policies away, so that nothing is kept
--empty-buckets buckets that would go are emptied, all versions
delete, follow  by the stack's id, to the end
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparta.deploy.following import delete_and_wait, wait_for
from sparta.deploy.release import KEEPING, release
from sparta.deploy.stack_state import UPDATABLE, stuck
from sparta.deploy.summary import Deletion, durations_of
from sparta.errors import DeployError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sparta.deploy.aws import Aws
    from sparta.deploy.report import Report
    from sparta.deploy.stack import Stack, StackResource

_GONE = "DELETE_COMPLETE"
_BUCKET = "AWS::S3::Bucket"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much goes with a stack.

    Args:
        empty_buckets: Delete the objects of buckets that go; without it such a bucket is an error.
        purge: Delete what deletion policies would keep, with all it holds.
        retain: Logical ids to leave behind, of a stack whose deletion failed before.
    """

    empty_buckets: bool = False
    purge: bool = False
    retain: tuple[str, ...] = ()


def delete(
    stack_name: str,
    aws: Aws,
    report: Report,
    extent: Extent | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Deletion:
    """Delete the stack of that name and wait until it is gone; it need not exist.

    Args:
        stack_name: The service's name.
        aws: Where it is.
        report: Told each thing that happens.
        extent: How much goes with it; by default only what no deletion policy keeps.
        sleep: Waits so many seconds between two looks.

    Raises:
        DeployError: AWS refuses, the stack is protected, or buckets still hold objects.
        StackStuckError: The deletion failed; says for which resources, why, and what to do.
        DetachedError: The command was interrupted; the deletion goes on in AWS.
    """
    extent = extent or Extent()
    stack = _idle(stack_name, aws, report, sleep)
    if stack is None:
        return Deletion(stack_name, existed=False)
    if stack.protected:
        fix = "aws cloudformation update-termination-protection --no-enable-termination-protection"
        what = f"The stack {stack.name} is protected against deletion"
        raise DeployError(what, fix=f"{fix} --stack-name {stack.name}")
    template = aws.stacks.template(stack.stack_id)
    standing = [found for found in aws.stacks.resources(stack.stack_id) if _stands(found)]
    kept = [found for found in standing if found.logical_id in _keeping(template)]
    if extent.purge and kept and isinstance(template, dict) and stack.status in UPDATABLE:
        release(stack, template, aws, report, sleep)
        kept = []
    kept += [found for found in standing if found.logical_id in extent.retain]
    _prepare_buckets(aws, report, extent, [found for found in standing if found not in kept])
    ended, events = delete_and_wait(
        aws, stack, report, sleep, token=uuid.uuid4().hex, retain=extent.retain
    )
    if ended is not None and ended.status != _GONE:
        raise stuck(ended, aws)
    return Deletion(stack_name, existed=True, retained=tuple(kept), durations=durations_of(events))


def _idle(
    stack_name: str, aws: Aws, report: Report, sleep: Callable[[float], None]
) -> Stack | None:
    """Return the stack once nothing works on it; None if there is none, or none any more."""
    stack = aws.stacks.find(stack_name)
    while stack is not None and stack.moving:
        stack, _ = wait_for(aws, stack, report, sleep)
    return None if stack is None or stack.status == _GONE else stack


def _keeping(template: dict[str, Any] | str) -> set[str]:
    """Return the logical ids that a template's deletion policies keep."""
    if isinstance(template, str):  # not one of ours; CloudFormation will decide
        return set()
    declared: dict[str, dict[str, Any]] = template.get("Resources", {})
    return {name for name, body in declared.items() if body.get("DeletionPolicy") in KEEPING}


def _stands(found: StackResource) -> bool:
    return bool(found.physical_id) and found.status != _GONE


def _prepare_buckets(
    aws: Aws, report: Report, extent: Extent, going: Iterable[StackResource]
) -> None:
    """Empty the buckets that go, or refuse: CloudFormation deletes empty ones only."""
    buckets = [found for found in going if found.resource_type == _BUCKET]
    full = [found for found in buckets if not aws.buckets.empty(found.physical_id)]
    if full and not (extent.empty_buckets or extent.purge):
        fix = "Add --empty-buckets to delete what they hold, all versions"
        raise DeployError.of(
            Problem(
                f"The bucket {found.physical_id} still holds objects",
                where=found.logical_id,
                fix=fix if found is full[-1] else "",
            )
            for found in full
        )
    for found in full:
        count = aws.buckets.clear(found.physical_id)
        report("Emptied bucket", Bucket=found.physical_id, Objects=count)
