"""`codecommit`: a trigger for changes of a CodeCommit repository, by way of EventBridge.

A repository's own triggers belong to its CloudFormation resource, so that nobody else can add one,
and the two would wait for each other; EventBridge takes part in neither.
https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html
"""

from __future__ import annotations

from sparta.events.codecommit import CodeCommit
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, Unpack

    from sparta.cfn.resource import Resource
    from sparta.triggers.event_rule import RuleOptions

    Change = Literal["referenceCreated", "referenceDeleted", "referenceUpdated"]


class RepositoryChanges(Trigger[CodeCommit]):
    """Branches and tags of a repository, created, updated or deleted."""

    __slots__ = ("branches", "changes", "options", "repository")
    event_type = CodeCommit

    def __init__(
        self,
        repository: Resource | str,
        branches: Sequence[str],
        changes: Sequence[Change],
        options: RuleOptions,
        declared_at: str,
    ) -> None:
        super().__init__(declared_at)
        self.repository = repository
        self.branches = branches
        self.changes = changes
        self.options = options

    @property
    def source(self) -> object:
        """The repository, where the application declares it."""
        return self.repository

    @property
    def linked(self) -> tuple[object, ...]:
        """The queue for events that cannot be delivered, if any."""
        return (self.options.get("dead_letter"),)


def codecommit(
    repository: Resource | str,
    *,
    branches: Sequence[str] = (),
    changes: Sequence[Change] = (),
    **options: Unpack[RuleOptions],
) -> RepositoryChanges:
    """Return the trigger for changes of branches and tags of a CodeCommit repository.

    Args:
        repository: A repository of the application (`AWS::CodeCommit::Repository`), or the name
            or ARN of an existing one.
        branches: Only these, such as `["main"]`; every branch and tag where none is given.
        changes: Only these; every change where none is given.
        options: As of `sparta.triggers.rule`.
    """
    return RepositoryChanges(repository, branches, changes, options, declared_at())
