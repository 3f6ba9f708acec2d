"""The grants of each resource beside the service authorization reference, as cfn-lint ships it."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from sparta.aws import Bucket, Index, Queue, Table, Topic

if TYPE_CHECKING:
    from sparta.aws.granting import GrantingResource

SPEC = find_spec("cfnlint")
assert SPEC is not None
assert SPEC.origin is not None
POLICIES: dict[str, Any] = json.loads(
    (Path(SPEC.origin).parent / "data" / "AdditionalSpecs" / "Policies.json").read_text()
)
INDEXED = Table(
    "Orders",
    key="id",
    sort_key="placed",
    indexes={"by_customer": Index("customer", sort_key="placed"), "by_day": Index("day")},
)
RESOURCES = [
    (Bucket("Uploads"), "bucket", "object"),
    (Queue("Jobs"), "queue", ""),
    (INDEXED, "table", "index"),
    (Topic("News"), "topic", ""),
]


def levels(resource: GrantingResource, action: str) -> list[str]:
    found: list[str] = POLICIES[resource.service]["Actions"][action.lower()].get("Resources", [])
    return found


@pytest.mark.parametrize(("resource", "itself", "content"), RESOURCES, ids=str)
def test_each_action_is_on_what_iam_says(
    resource: GrantingResource, itself: str, content: str
) -> None:
    for action in resource.actions_on_itself.split():
        assert itself in levels(resource, action), action
        assert not content or (content in levels(resource, action)) is (
            action in resource.actions_on_content.split()
        ), action
    for action in resource.actions_on_content.split():
        assert content in levels(resource, action), action


@pytest.mark.parametrize(("resource", "itself", "content"), RESOURCES, ids=str)
def test_read_and_write_and_the_literals_are_among_the_actions(
    resource: Any, itself: str, content: str
) -> None:
    del itself, content
    for make in (getattr(resource, name, None) for name in ("read", "write")):
        if make is not None:
            assert resource.unknown_actions(make().actions) == ()
    file = Path(str(find_spec(type(resource).__module__).origin))  # type: ignore[union-attr]
    scope: dict[str, Any] = {}
    literal = file.read_text().split("Action = Literal[")[1].split("]")[0]
    exec(f"from typing import Literal\nfound = Literal[{literal}]", scope)
    known = {*resource.actions_on_itself.split(), *resource.actions_on_content.split()}
    assert set(get_args(scope["found"])) == known


def test_a_query_holds_for_the_indexes_by_name() -> None:
    on_table, on_indexes = INDEXED.grant("Query", "PutItem").statements
    assert on_table.actions == ("dynamodb:Query", "dynamodb:PutItem")
    assert on_table.resources == (INDEXED.arn,)
    assert on_indexes.actions == ("dynamodb:Query",)
    assert on_indexes.resources == (
        INDEXED.arn / "index/by_customer",
        INDEXED.arn / "index/by_day",
    )
    (only,) = Table("Plain", key="id").grant("Query").statements
    assert only.actions == ("dynamodb:Query",)


def test_indexes_define_their_attributes_once() -> None:
    properties = INDEXED.properties
    names = [one["AttributeName"] for one in properties["AttributeDefinitions"]]
    assert names == ["id", "placed", "customer", "day"]
    assert [one["IndexName"] for one in properties["GlobalSecondaryIndexes"]] == [
        "by_customer",
        "by_day",
    ]
