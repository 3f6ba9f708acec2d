"""What goes with a stack, what stays, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from botocore.stub import ANY

from sparta.deploy.delete import Extent, delete
from sparta.deploy.release import released
from sparta.errors import DeployError, DetachedError, StackStuckError

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Heard, Script

    from sparta.deploy.summary import Deletion

BUCKET = ("Uploads", "shop-uploads", "AWS::S3::Bucket", "CREATE_COMPLETE")
TABLE = ("Orders", "shop-orders", "AWS::DynamoDB::Table", "CREATE_COMPLETE")
VERSION = {"Key": "a.csv", "VersionId": "v1"}
MARKER = {"Key": "b.csv", "VersionId": "v2"}


def remove(
    script: Script, heard: Heard, extent: Extent | None = None, sleep: Any = None
) -> Deletion:
    return delete("Shop", script.aws, heard, extent, sleep or _never)


def template(**policies: str) -> str:
    resources = {
        name: {"Type": "AWS::X::Y", "DeletionPolicy": policy} for name, policy in policies.items()
    }
    return orjson.dumps({"Resources": resources}).decode()


def goes(script: Script, status: str = "DELETE_COMPLETE", **asked: Any) -> None:
    """Let the stack be deleted, and end in `status`."""
    old = script.event(1, "Shop", "CREATE_COMPLETE")
    script.events(old)
    asked = {"StackName": script.STACK_ID, "ClientRequestToken": ANY, **asked}
    script.answers("cloudformation.delete_stack", {}, **asked)
    script.events(
        old,
        script.event(2, "Shop", "DELETE_IN_PROGRESS", "User Initiated"),
        script.event(4, "Shop", status),
    )
    script.stack(status)


def test_there_is_nothing(script: Script, heard: Heard) -> None:
    script.no_stack()
    assert not remove(script, heard).existed


def test_what_policies_keep_is_told(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template(template(Orders="RetainExceptOnCreate", Uploads="Retain", Bill="Delete"))
    resources = (TABLE, BUCKET, ("Bill", "bill", "AWS::SQS::Queue", "CREATE_COMPLETE"))
    script.resources(*resources)
    goes(script)
    deletion = remove(script, heard)
    assert deletion.existed
    kept = [(one.logical_id, one.physical_id) for one in deletion.retained]
    assert kept == [("Orders", "shop-orders"), ("Uploads", "shop-uploads")]
    assert [(one.logical_id, one.seconds) for one in deletion.durations] == [("Shop", 2.0)]


def test_protected_stack(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE", EnableTerminationProtection=True)
    with pytest.raises(DeployError, match="protected against deletion") as caught:
        remove(script, heard)
    assert caught.value.problems[0].fix.endswith("--stack-name Shop")


def test_full_bucket_that_would_go(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template(template(Uploads="Delete"))
    script.resources(BUCKET)
    asked = {"Bucket": "shop-uploads", "MaxKeys": 1}
    script.answers("s3.list_object_versions", {"Versions": [VERSION]}, **asked)
    with pytest.raises(DeployError, match="shop-uploads still holds objects") as caught:
        remove(script, heard)
    assert "--empty-buckets" in caught.value.problems[0].fix


def test_bucket_is_emptied_all_versions(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template(template(Uploads="Delete"))
    script.resources(BUCKET)
    script.answers("s3.list_object_versions", {"DeleteMarkers": [MARKER]})
    page = {"Versions": [VERSION], "DeleteMarkers": [MARKER]}
    script.answers("s3.list_object_versions", page, Bucket="shop-uploads")
    objects = {"Objects": [VERSION, MARKER], "Quiet": True}
    script.answers("s3.delete_objects", {}, Bucket="shop-uploads", Delete=objects)
    goes(script)
    remove(script, heard, Extent(empty_buckets=True))
    assert ("Emptied bucket", {"Bucket": "shop-uploads", "Objects": 2}) in heard.lines


def test_bucket_with_an_object_that_may_not_be_deleted(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template(template(Uploads="Delete"))
    script.resources(BUCKET)
    script.answers("s3.list_object_versions", {"Versions": [VERSION]})
    script.answers("s3.list_object_versions", {"Versions": [VERSION]})
    refused = [{"Key": "a.csv", "Code": "AccessDenied", "Message": "locked"}]
    script.answers("s3.delete_objects", {"Errors": refused})
    with pytest.raises(DeployError, match=r"shop-uploads/a\.csv: AccessDenied: locked"):
        remove(script, heard, Extent(empty_buckets=True))


def test_bucket_that_is_gone_already_is_no_obstacle(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template(template(Uploads="Delete"))
    script.resources(BUCKET)
    script.refuses("s3.list_object_versions", "NoSuchBucket")
    goes(script)
    assert remove(script, heard).existed


def test_purge_first_takes_the_policies_away(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template(template(Orders="Retain"))
    script.resources(TABLE)
    script.stack("CREATE_COMPLETE")
    script.template(template(Orders="Retain"))
    wanted = released({"Resources": {"Orders": {"Type": "AWS::X::Y"}}})
    script.change_set(
        "CREATE_COMPLETE",
        StackName=script.STACK_ID,
        ChangeSetName=ANY,
        ChangeSetType="UPDATE",
        TemplateBody=orjson.dumps(wanted, option=orjson.OPT_SORT_KEYS).decode(),
        Parameters=[],
        Capabilities=[],
        Tags=[],
    )
    script.events()
    script.answers("cloudformation.execute_change_set", {})
    script.events(script.event(1, "Shop", "UPDATE_COMPLETE"))
    script.stack("UPDATE_COMPLETE")
    goes(script)
    assert remove(script, heard, Extent(purge=True)).retained == ()
    assert heard.messages[0] == "Removing deletion policies"


def test_released_template_keeps_nothing() -> None:
    kept = {"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    found = released({"Description": "d", "Resources": {"Uploads": kept}})
    assert found["Description"] == "d"
    assert found["Resources"]["Uploads"] == {
        "Type": "AWS::S3::Bucket",
        "UpdateReplacePolicy": "Retain",
    }
    assert found["Resources"]["SpartaPurge"] == {"Type": "AWS::CloudFormation::WaitConditionHandle"}


def test_failed_deletion_needs_a_human(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template(template())
    script.resources()
    goes(script, "DELETE_FAILED")
    script.resources(("Orders", "q", "AWS::SQS::Queue", "DELETE_FAILED"))
    with pytest.raises(StackStuckError) as caught:
        remove(script, heard)
    assert "--retain <LogicalId>" in caught.value.problems[-1].fix


def test_failed_deletion_is_tried_again_leaving_what_is_named(script: Script, heard: Heard) -> None:
    script.stack("DELETE_FAILED")
    script.template(template())
    resources = (("Uploads", "shop-uploads", "AWS::S3::Bucket", "DELETE_FAILED"),)
    script.resources(*resources)
    goes(script, RetainResources=["Uploads"])
    deletion = remove(script, heard, Extent(retain=("Uploads",)))
    assert [one.logical_id for one in deletion.retained] == ["Uploads"]


def test_running_deletion_is_followed_to_its_end(script: Script, heard: Heard) -> None:
    begun = script.event(1, "Shop", "DELETE_IN_PROGRESS", "User Initiated")
    script.stack("DELETE_IN_PROGRESS")
    script.events(begun)
    script.events(begun, script.event(2, "Shop", "DELETE_COMPLETE"))
    script.no_stack_by_id()
    assert not remove(script, heard).existed


def test_interrupted(script: Script, heard: Heard) -> None:
    script.stack("CREATE_COMPLETE")
    script.template("not: ours")
    script.resources()
    script.events()
    script.answers("cloudformation.delete_stack", {})
    script.events()
    with pytest.raises(DetachedError, match="The deletion goes on in AWS"):
        remove(script, heard, sleep=_interrupt)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        ("DELETE_IN_PROGRESS", "The deletion goes on in AWS"),
        ("CREATE_COMPLETE", "the stack Shop was not touched"),
    ],
)
def test_interrupted_while_asking_for_it(
    script: Script,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
    status: str,
    text: str,
) -> None:
    script.stack("CREATE_COMPLETE")
    script.template("not: ours")
    script.resources()
    script.events()
    monkeypatch.setattr(script.aws.stacks, "delete", _interrupt)
    script.stack(status)
    slept: list[float] = []
    with pytest.raises(DeployError, match=text) as caught:
        remove(script, heard, sleep=slept.append)
    assert isinstance(caught.value, DetachedError) == (status == "DELETE_IN_PROGRESS")
    assert slept == [1.0]


def _never(seconds: float) -> None:
    raise AssertionError(seconds)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
