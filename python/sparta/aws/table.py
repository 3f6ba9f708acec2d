"""`Table`: a DynamoDB table.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal

    from sparta.iam.statement import Grant

    TableAction = Literal[
        "BatchGetItem",
        "BatchWriteItem",
        "ConditionCheckItem",
        "DeleteItem",
        "DescribeTable",
        "GetItem",
        "PutItem",
        "Query",
        "Scan",
        "UpdateItem",
    ]
    KeyType = Literal["S", "N", "B"]


class Table(GrantingResource):
    """A DynamoDB table, billed per request, kept when its stack goes.

    Args:
        logical_id: Its name within the template.
        key: The partition key's attribute name.
        key_type: `S` text, `N` number, `B` binary.
        sort_key: The sort key's attribute name, where the table has one.
        sort_key_type: As `key_type`.
        physical_name: The table's own name; CloudFormation makes one where none is given.
        retain: Whether the table outlives its stack.
        point_in_time_recovery: Whether the last 35 days can be restored.
    """

    type = "AWS::DynamoDB::Table"
    attributes = ("Arn",)
    stateful = True
    service: ClassVar[str] = "dynamodb"
    actions_on_itself: ClassVar[str] = (
        "BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem DescribeTable GetItem PutItem "
        "Query Scan UpdateItem"
    )

    def __init__(
        self,
        logical_id: str,
        *,
        key: str,
        key_type: KeyType = "S",
        sort_key: str | None = None,
        sort_key_type: KeyType = "S",
        physical_name: str | None = None,
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
        self.point_in_time_recovery = point_in_time_recovery

    @property
    def name(self) -> str:
        """The table's name; a token before deployment."""
        return self.ref

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        keys = [(self.key, "HASH"), *([(self.sort_key, "RANGE")] if self.sort_key else [])]
        properties: dict[str, Any] = {
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [
                {"AttributeName": name, "AttributeType": kind} for (name, kind), _ in keys
            ],
            "KeySchema": [{"AttributeName": name, "KeyType": role} for (name, _), role in keys],
            "PointInTimeRecoverySpecification": {
                "PointInTimeRecoveryEnabled": self.point_in_time_recovery
            },
        }
        if self.physical_name:
            properties["TableName"] = self.physical_name
        return properties

    def grant(self, *actions: TableAction) -> Grant:
        """Return the right to `actions` on this table, for a function's `uses=`."""
        return self._grant(actions)

    def read(self) -> Grant:
        """Return the right to BatchGetItem, ConditionCheckItem, GetItem, Query and Scan."""
        return self._grant(("BatchGetItem", "ConditionCheckItem", "GetItem", "Query", "Scan"))

    def write(self) -> Grant:
        """Return the right to BatchWriteItem, DeleteItem, PutItem and UpdateItem."""
        return self._grant(("BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"))
