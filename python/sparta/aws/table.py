"""`Table`: a DynamoDB table.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.events.dynamodb import DynamoDB, DynamoDBRecord
from sparta.model.arn import arn_of
from sparta.model.caller import declared_at
from sparta.model.polled_trigger import RecordTrigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar, Literal, Unpack

    from sparta.iam.statement import Grant
    from sparta.model.arn import Arn
    from sparta.triggers.options import ChangeOptions, View

    TableAction = Literal[
        "BatchGetItem",
        "BatchWriteItem",
        "ConditionCheckItem",
        "DeleteItem",
        "DescribeTable",
        "GetItem",
        "PartiQLDelete",
        "PartiQLInsert",
        "PartiQLSelect",
        "PartiQLUpdate",
        "PutItem",
        "Query",
        "Scan",
        "UpdateItem",
    ]
    KeyType = Literal["S", "N", "B"]


class Index:
    """A global secondary index of a table, with all attributes of its items.

    Args:
        key: The partition key's attribute name.
        key_type: `S` text, `N` number, `B` binary.
        sort_key: The sort key's attribute name, where the index has one.
        sort_key_type: As `key_type`.
    """

    __slots__ = ("key", "sort_key")

    def __init__(
        self,
        key: str,
        *,
        key_type: KeyType = "S",
        sort_key: str | None = None,
        sort_key_type: KeyType = "S",
    ) -> None:
        self.key = (key, key_type)
        self.sort_key = (sort_key, sort_key_type) if sort_key else None


class Table(GrantingResource):
    """A DynamoDB table, billed per request, kept when its stack goes.

    Args:
        logical_id: Its name within the template.
        key: The partition key's attribute name.
        key_type: `S` text, `N` number, `B` binary.
        sort_key: The sort key's attribute name, where the table has one.
        sort_key_type: As `key_type`.
        physical_name: The table's own name; CloudFormation makes one where none is given.
        indexes: Global secondary indexes, by name; rights to Query and Scan hold for them too.
        retain: Whether the table outlives its stack.
        point_in_time_recovery: Whether the last 35 days can be restored.
    """

    type = "AWS::DynamoDB::Table"
    attributes = ("Arn",)
    stateful = True
    service: ClassVar[str] = "dynamodb"
    actions_on_itself: ClassVar[str] = (
        "BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem DescribeTable GetItem "
        "PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate PutItem Query Scan UpdateItem"
    )
    actions_on_content: ClassVar[str] = "PartiQLSelect Query Scan"

    def __init__(
        self,
        logical_id: str,
        *,
        key: str,
        key_type: KeyType = "S",
        sort_key: str | None = None,
        sort_key_type: KeyType = "S",
        physical_name: str | None = None,
        indexes: Mapping[str, Index] | None = None,
        retain: bool = True,
        point_in_time_recovery: bool = True,
    ) -> None:
        super().__init__(
            logical_id,
            deletion_policy="RetainExceptOnCreate" if retain else "Delete",
            update_replace_policy="Retain" if retain else "Delete",
            _depth=3,
        )
        self.key = (key, key_type)
        self.sort_key = (sort_key, sort_key_type) if sort_key else None
        self.physical_name = physical_name
        self.indexes = indexes or {}
        self.point_in_time_recovery = point_in_time_recovery

    @property
    def name(self) -> str:
        """The table's name; a token before deployment."""
        return self.ref

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        keys = (self.key, self.sort_key)
        every = [keys, *((index.key, index.sort_key) for index in self.indexes.values())]
        kinds = dict(key for pair in every for key in pair if key)
        properties: dict[str, Any] = {
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [
                {"AttributeName": name, "AttributeType": kind} for name, kind in kinds.items()
            ],
            "KeySchema": _key_schema(*keys),
            "PointInTimeRecoverySpecification": {
                "PointInTimeRecoveryEnabled": self.point_in_time_recovery
            },
        }
        if self.indexes:
            properties["GlobalSecondaryIndexes"] = [
                {
                    "IndexName": name,
                    "KeySchema": _key_schema(index.key, index.sort_key),
                    "Projection": {"ProjectionType": "ALL"},
                }
                for name, index in self.indexes.items()
            ]
        if self.physical_name:
            properties["TableName"] = self.physical_name
        return properties

    @property
    def content_arns(self) -> tuple[str, ...]:
        """The ARNs of the table's indexes."""
        return tuple(self.arn / f"index/{name}" for name in self.indexes)

    def grant(self, *actions: TableAction) -> Grant:
        """Return the right to `actions` on this table, for a function's `uses=`."""
        return self._grant(actions)

    def read(self) -> Grant:
        """Return the right to BatchGetItem, ConditionCheckItem, GetItem, Query and Scan."""
        return self._grant(("BatchGetItem", "ConditionCheckItem", "GetItem", "Query", "Scan"))

    def write(self) -> Grant:
        """Return the right to BatchWriteItem, DeleteItem, PutItem and UpdateItem."""
        return self._grant(("BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"))

    @property
    def stream_arn(self) -> Arn:
        """The ARN of the table's stream; a token before deployment. Only with `changes()`."""
        return arn_of(self.get_att("StreamArn"), self)

    def changes(
        self, *, view: View = "NEW_AND_OLD_IMAGES", **options: Unpack[ChangeOptions]
    ) -> TableChanges:
        """Return the trigger that hands over batches of changes; it turns the stream on.

        Args:
            view: What the stream carries of an item besides its key; one for the whole table.
            options: See `sparta.triggers.options.ChangeOptions`.
        """
        return TableChanges(self, options, declared_at(), view)


class TableChanges(RecordTrigger[DynamoDB, DynamoDBRecord["Any"]]):
    """Changes of a table's items, in batches."""

    __slots__ = ("view",)
    event_type = DynamoDB

    def __init__(
        self, origin: Table | str, options: Mapping[str, Any], declared_at: str, view: View | None
    ) -> None:
        super().__init__(origin, options, declared_at)
        self.view = view

    @property
    def arn(self) -> str:
        """The ARN of the table's stream."""
        return str(self.origin if isinstance(self.origin, str) else self.origin.stream_arn)


def _key_schema(key: tuple[str, str], sort_key: tuple[str, str] | None) -> list[dict[str, str]]:
    schema = [{"AttributeName": key[0], "KeyType": "HASH"}]
    return [*schema, {"AttributeName": sort_key[0], "KeyType": "RANGE"}] if sort_key else schema
