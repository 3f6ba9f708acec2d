"""Plan in, Summary out: the stack is created or updated, through a change set in both cases.

settle: what is there?          wait for a running operation; delete a creation that failed
nothing to do?                  same template, parameters, tags: stop before anything is sent
upload                          objects named by their content; those that exist are reused
change set                      created, shown; taken back if empty, or if it loses what is stored
---- from here on the operation is AWS's: Ctrl-C detaches, before it takes everything back ----
execute, follow                 to the end; a failure is rolled back by CloudFormation
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sparta.deploy import change_set, events
from sparta.deploy.chosen import chosen
from sparta.deploy.failure import failure
from sparta.deploy.following import IN_FLIGHT_S, detached, follow_to_end
from sparta.deploy.loss import refuse_loss
from sparta.deploy.replacement import refuse_replacement
from sparta.deploy.settle import settle
from sparta.deploy.stopwatch import Stopwatch
from sparta.deploy.summary import Summary, durations_of
from sparta.deploy.unchanged import unchanged
from sparta.deploy.upload import upload
from sparta.errors import DeployError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparta.deploy.aws import Aws
    from sparta.deploy.change_set import ChangeSet
    from sparta.deploy.plan import Plan
    from sparta.deploy.report import Report
    from sparta.deploy.stack import Stack

_STATE_STEP = "Verifying AWS preconditions"
_STACK_STEP = "Ensuring CloudFormation stack"
_DONE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE"})


def provision(
    plan: Plan,
    aws: Aws,
    report: Report,
    watch: Stopwatch | None = None,
    sleep: Callable[[float], None] = time.sleep,
    *,
    allow_loss: bool = False,
) -> Summary:
    """Carry out `plan`.

    Args:
        plan: What the stack should become.
        aws: Where.
        report: Told each thing that happens.
        watch: Gets a step for the uploads and one for the stack.
        sleep: Waits so many seconds between two looks.
        allow_loss: Whether resources that store something may be replaced or deleted.

    Raises:
        DeployError: AWS refused, or the stack failed and was rolled back; the cause is its text.
            Or the change would lose what is stored, and was taken back.
        StackStuckError: The stack is, or ended, in a state that only a human can resolve.
        DetachedError: The command was interrupted; the operation goes on in AWS.
    """
    watch = watch or Stopwatch()
    with watch.step(_STATE_STEP):
        stack, free = settle(plan.stack_name, aws, report, sleep)
        plan = chosen(plan, stack, aws)
        if stack is not None and unchanged(stack, plan, aws):
            return _nothing_to_do(stack, report)
    run = _Run(plan, aws, report, sleep, stack, review_is_ours=free)
    with run.interruptible():
        with watch.step("Uploading code"):
            upload(plan, aws, report)
        with watch.step(_STACK_STEP):
            prepared = run.prepare()
            if prepared.empty and stack is not None:
                run.take_back()
                return _nothing_to_do(stack, report)
            refuse_replacement(prepared.changes, plan.origins)
            if not allow_loss:
                refuse_loss(prepared.changes, plan.origins)
            return run.execute(prepared)


def _nothing_to_do(stack: Stack, report: Report) -> Summary:
    report("No changes detected for service", StackID=stack.stack_id)
    return Summary("unchanged", stack)


@dataclass(slots=True)
class _Run:
    """One change of a stack under way.

    Args:
        stack: The stack to update; None to create one.
        review_is_ours: Whether the empty stack that a creation begins with is made by this run.
        started: The stack's id, from the moment on when AWS may be carrying out the change.
    """

    plan: Plan
    aws: Aws
    report: Report
    sleep: Callable[[float], None]
    stack: Stack | None
    review_is_ours: bool
    change_set_name: str = field(default_factory=change_set.new_name)
    started: str = ""

    @property
    def operation(self) -> str:
        """What is being done to the stack."""
        return "creation" if self.stack is None else "update"

    def prepare(self) -> ChangeSet:
        """Create the change set and show what it would do."""
        capabilities = ",".join(self.plan.capabilities)
        self.report("Creating change set", Name=self.change_set_name, Capabilities=capabilities)
        prepared = change_set.prepare(
            self.plan, self.aws, self.stack, self.change_set_name, self.sleep
        )
        for change in prepared.changes:
            fields = {"Resource": change.logical_id, "Type": change.resource_type}
            self.report(f"    {change.action}", **fields)
        return prepared

    def execute(self, prepared: ChangeSet) -> Summary:
        """Carry out the change set and follow the operation to its end."""
        stack_id = prepared.stack_id
        mark = events.newest(self.aws, stack_id)
        self.report("Creating stack" if self.stack is None else "Updating stack", StackID=stack_id)
        try:
            self.started = stack_id
            self.aws.stacks.execute_change_set(prepared.change_set_id, self.change_set_name)
        except KeyboardInterrupt:
            if self._never_arrived(prepared):
                self.started = ""
            raise
        except DeployError:
            self.take_back()
            raise
        ended, seen = follow_to_end(
            self.aws, stack_id, mark, self.report, self.sleep, operation=self.operation
        )
        if ended is None or ended.status not in _DONE:
            raise failure(self.plan, self.aws, ended, seen)
        return Summary("created" if self.stack is None else "updated", ended, durations_of(seen))

    def _never_arrived(self, prepared: ChangeSet) -> bool:
        """Whether AWS still waits for the request that was interrupted."""
        self.sleep(IN_FLIGHT_S)
        try:
            found = self.aws.stacks.change_set(prepared.change_set_id)
        except DeployError:  # AWS forgets change sets that it carries out
            return False
        return found["ExecutionStatus"] == "AVAILABLE"

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Before AWS carries the change out, leave nothing half-done; after that, detach."""
        try:
            yield
        except KeyboardInterrupt:
            if self.started:
                raise detached(self.started, self.operation) from None
            self.take_back()
            what = f"Interrupted; the stack {self.plan.stack_name} was not touched"
            raise DeployError(what) from None
        except DeployError:
            if not self.started:
                self.take_back()
            raise

    def take_back(self) -> None:
        """Delete the change set, and the empty stack if this run made one for it."""
        creating = self.stack is None
        if creating and not self.review_is_ours:
            return
        name = self.plan.stack_name if self.stack is None else self.stack.stack_id
        try:
            change_set.forget(self.aws, name, self.change_set_name, creating=creating)
        except DeployError as error:  # the user has to see the first error, not this one
            self.report("The change set could not be deleted", Reason=error.problems[0].what)
