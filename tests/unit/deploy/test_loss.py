"""Changes that would lose what is stored stop before anything is carried out."""

from __future__ import annotations

import pytest

from sparta.deploy.change_set import Change
from sparta.deploy.loss import refuse_loss
from sparta.errors import DeployError

TABLE, QUEUE = "AWS::DynamoDB::Table", "AWS::SQS::Queue"


def test_every_loss_is_told_with_its_place() -> None:
    changes = [
        Change("Replace", "Orders", TABLE, kept=True),
        Change("Replace", "Bills", TABLE),
        Change("Remove", "Uploads", "AWS::S3::Bucket"),
        Change("May replace", "Users", "AWS::RDS::DBInstance"),
    ]
    with pytest.raises(DeployError) as caught:
        refuse_loss(changes, {"Orders": "app.py:7"})
    told = [(one.where, one.what) for one in caught.value.problems]
    assert told == [
        (
            "app.py:7",
            (
                "This would replace Orders (AWS::DynamoDB::Table) by an empty one; the old one is "
                "kept, outside the stack"
            ),
        ),
        (
            "",
            (
                "This would replace Bills (AWS::DynamoDB::Table) by an empty one; the old one is "
                "deleted"
            ),
        ),
        ("", "This would delete Uploads (AWS::S3::Bucket) with all it holds"),
        (
            "",
            (
                "This would perhaps replace Users (AWS::RDS::DBInstance) by an empty one, AWS "
                "decides when it carries it out"
            ),
        ),
    ]
    assert all("--allow-data-loss" in one.fix for one in caught.value.problems)


@pytest.mark.parametrize(
    "change",
    [
        Change("Modify", "Orders", TABLE),
        Change("Add", "Orders", TABLE),
        Change("Remove", "Orders", TABLE, kept=True),
        Change("May replace", "Uploads", "AWS::S3::Bucket"),
        Change("Replace", "Orders", QUEUE),
        Change("Remove", "Orders", QUEUE),
    ],
)
def test_other_changes_go_on(change: Change) -> None:
    refuse_loss([change], {})
