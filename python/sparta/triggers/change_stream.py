"""`documentdb`: the change stream of a database or collection of Amazon DocumentDB.

https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
"""

from __future__ import annotations

from sparta.events.documentdb import DocumentDB
from sparta.model.caller import declared_at
from sparta.model.polled_trigger import PolledTrigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Unpack

    from sparta.triggers.options import DocumentOptions


class DocumentChanges(PolledTrigger[DocumentDB]):
    """Changes of documents, in batches."""

    __slots__ = ("collection", "database", "full_document", "secret")
    event_type = DocumentDB

    def __init__(
        self,
        arn: str,
        options: Mapping[str, Any],
        declared_at: str,
        *,
        database: str,
        collection: str | None,
        secret: str,
        full_document: bool,
    ) -> None:
        super().__init__(arn, options, declared_at)
        self.database = database
        self.collection = collection
        self.secret = secret
        self.full_document = full_document

    @property
    def identity(self) -> tuple[str, ...]:
        """The cluster, the database and the collection."""
        return (*super().identity, self.database, self.collection or "")


def documentdb(
    arn: str,
    *,
    database: str,
    secret: str,
    collection: str | None = None,
    full_document: bool = False,
    **options: Unpack[DocumentOptions],
) -> DocumentChanges:
    """Return the trigger that hands over the changes of a database, or of one collection of it.

    The cluster's change streams have to be on (`modifyChangeStreams`), and its network has to
    reach Lambda and Secrets Manager.

    Args:
        arn: The cluster's ARN, text or a token.
        database: The database's name, 1 to 63 characters.
        secret: The ARN of the secret in Secrets Manager with the cluster's `username`, `password`.
        collection: The collection's name, up to 57 characters; None for all of the database.
        full_document: Whether an update carries the whole document, as it is when it is read.
        options: See `sparta.triggers.options.DocumentOptions`.
    """
    return DocumentChanges(
        arn,
        options,
        declared_at(),
        database=database,
        collection=collection,
        secret=secret,
        full_document=full_document,
    )
