"""CodeCommit events: what changed in a repository, by way of EventBridge.

https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html
"""

from __future__ import annotations

from sparta.events.eventbridge import EventBridge


class CodeCommit(EventBridge):
    """One change of a branch or a tag: created, updated or deleted."""

    __slots__ = ()
    sources = ("aws.codecommit",)

    @property
    def event_name(self) -> str:
        """`referenceCreated`, `referenceUpdated`, `referenceDeleted`, ..."""
        return str(self.detail["event"])

    @property
    def repository(self) -> str:
        """The repository's name."""
        return str(self.detail["repositoryName"])

    @property
    def repository_id(self) -> str:
        """The repository's id, which outlives its name."""
        return str(self.detail["repositoryId"])

    @property
    def reference_type(self) -> str:
        """`branch` or `tag`; empty where the event is about neither."""
        return str(self.detail.get("referenceType") or "")

    @property
    def reference(self) -> str:
        """The branch or tag, such as `main`; empty where the event is about neither."""
        return str(self.detail.get("referenceName") or "")

    @property
    def commit_id(self) -> str:
        """The commit it stands at now; empty where it was deleted."""
        return str(self.detail.get("commitId") or "")

    @property
    def old_commit_id(self) -> str:
        """The commit it stood at before; empty where it is new."""
        return str(self.detail.get("oldCommitId") or "")

    @property
    def caller_arn(self) -> str:
        """Who did it; empty where the event does not say."""
        return str(self.detail.get("callerUserArn") or "")
