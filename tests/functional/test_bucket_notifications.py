"""Buckets tell functions of objects by their own configuration, in which others have theirs too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.test_triggers import eventually

if TYPE_CHECKING:
    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "notified"
THEIRS = "notified-theirs"
QUEUE = {
    "Id": "theirs",
    "QueueArn": "arn:aws:sqs:us-east-1:123456789012:gone",
    "Events": ["s3:ObjectRemoved:*"],
}


@pytest.fixture(scope="module")
def project(project_of: ProjectOf) -> Project:
    """Return the project, with a bucket of somebody else's and what it has been told to send."""
    project = project_of(APPLICATION)
    project.sparta("local", "start")
    s3 = project.client("s3")
    s3.create_bucket(Bucket=THEIRS)
    s3.put_bucket_notification_configuration(
        Bucket=THEIRS,
        NotificationConfiguration={"QueueConfigurations": [QUEUE]},
        SkipDestinationValidation=True,
    )
    ses = project.client("ses")
    for name in ("before", "ours"):
        ses.create_receipt_rule_set(RuleSetName=name)
    ses.set_active_receipt_rule_set(RuleSetName="before")
    return project


def configuration(project: Project, bucket: str) -> dict[str, Any]:
    found = project.client("s3").get_bucket_notification_configuration(Bucket=bucket)
    found.pop("ResponseMetadata")
    return dict(found)


def suffixes(project: Project) -> list[str]:
    found = configuration(project, THEIRS)["LambdaFunctionConfigurations"]
    return [each["Filter"]["Key"]["FilterRules"][0]["Value"] for each in found]


def active(project: Project) -> str:
    found = project.client("ses").describe_active_receipt_rule_set()
    return str(found.get("Metadata", {}).get("Name"))


def seen(project: Project, key: str) -> str:
    items = project.client("dynamodb").scan(TableName=project.outputs()["Seen"])["Items"]
    found = {item["id"]["S"]: item["raw"]["S"] for item in items}
    return str(found.get(key, ""))


def test_from_first_provision_to_deletion(project: Project) -> None:
    project.run("provision", "--local")
    own, s3 = project.outputs()["Own"], project.client("s3")
    assert configuration(project, THEIRS)["QueueConfigurations"] == [QUEUE]
    assert suffixes(project) == [".csv"]
    assert configuration(project, own)["EventBridgeConfiguration"] == {}
    assert active(project) == "ours"

    s3.put_object(Bucket=own, Key="in/a b+ü.txt", Body=b"x")
    s3.put_object(Bucket=THEIRS, Key="a.txt", Body=b"x")
    s3.put_object(Bucket=THEIRS, Key="ü+ .csv", Body=b"x")
    raw = eventually(lambda: seen(project, f"s3:{own}/in/a b+ü.txt"))
    assert "'key': 'in/a+b%2B%C3%BC.txt'" in str(raw)
    assert str(raw).startswith("{'Records': [{")
    assert eventually(lambda: seen(project, f"s3:{THEIRS}/ü+ .csv"))
    bridged = eventually(lambda: seen(project, f"bridge:{own}/in/a b+ü.txt"))
    assert "'detail-type': 'Object Created'" in str(bridged)
    assert not seen(project, f"s3:{THEIRS}/a.txt")

    source = project.folder / "app.py"
    changed = source.read_text().replace('suffix=".csv"', 'suffix=".tsv"')
    # Taken back after the roles were changed: the right to do it has to be there still.
    changed = changed.replace('own.created(prefix="in/", via="notification"), ', "")
    source.write_text(changed)
    assert changed.count("own.created") == 1
    project.run("provision", "--local")
    stack = project.client("cloudformation").describe_stack_resources(StackName=project.service)
    kinds = [each["ResourceType"] for each in stack["StackResources"]]
    assert kinds.count("Custom::SpartaBucketNotification") == 1
    assert configuration(project, own) == {"EventBridgeConfiguration": {}}
    assert suffixes(project) == [".tsv"]
    assert configuration(project, THEIRS)["QueueConfigurations"] == [QUEUE]

    project.run("delete", "--local", "--empty-buckets")
    assert configuration(project, THEIRS) == {"QueueConfigurations": [QUEUE]}
    assert active(project) == "before"
