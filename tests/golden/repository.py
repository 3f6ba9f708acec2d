"""CodeCommit: an existing repository, and one of the application."""

import sparta
from sparta import events, triggers

docs = sparta.Resource("Docs", "AWS::CodeCommit::Repository", {"RepositoryName": "docs"})


@sparta.function(
    on=(
        triggers.codecommit("website", branches=["main"], changes=["referenceUpdated"]),
        triggers.codecommit(docs),
    )
)
def build(event: events.CodeCommit) -> None:
    """Build."""


if __name__ == "__main__":
    sparta.main("Builder", "Builds what was pushed", functions=[build])
