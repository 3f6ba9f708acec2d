"""Creating, updating, finding nothing to do, and what is left when it goes wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.stub import ANY

from sparta.deploy.plan import Plan, Upload
from sparta.deploy.provision import provision
from sparta.deploy.stopwatch import Stopwatch

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Heard, Script

    from sparta.deploy.summary import Summary

NO_CHANGE = (
    "The submitted information didn't contain changes. Submit different information ...",
    "No updates are to be performed.",
)


def never(seconds: float) -> None:
    raise AssertionError(seconds)


def deploy(script: Script, plan: Plan, heard: Heard, sleep: Any = never) -> Summary:
    return provision(plan, script.aws, heard, sleep=sleep)


def test_create(script: Script, plan: Plan, heard: Heard) -> None:
    script.no_stack()
    script.prepared("CREATE")
    script.events(
        script.event(0, "Shop", "REVIEW_IN_PROGRESS"),
        script.event(1, "Shop", "CREATE_IN_PROGRESS", "User Initiated"),
        script.event(2, "Orders", "CREATE_IN_PROGRESS"),
        script.event(3, "Orders", "CREATE_IN_PROGRESS", "Resource creation Initiated"),
        script.event(5, "Orders", "CREATE_COMPLETE"),
        script.event(6, "Shop", "CREATE_COMPLETE"),
    )
    script.stack("CREATE_COMPLETE", Outputs=[{"OutputKey": "Orders", "OutputValue": "q"}])
    watch = Stopwatch()
    summary = provision(plan, script.aws, heard, watch, never)
    assert summary.action == "created"
    assert summary.stack.outputs == {"Orders": "q"}
    assert [(one.logical_id, one.seconds) for one in summary.durations] == [
        ("Shop", 5.0),
        ("Orders", 3.0),
    ]
    assert heard.messages == [
        "Already in S3",
        "Creating change set",
        "Add",
        "Replace",
        "Creating stack",
        "CREATE_IN_PROGRESS",
        "CREATE_COMPLETE",
    ]
    labels = ["Verifying AWS preconditions", "Uploading code", "Ensuring CloudFormation stack"]
    assert [label for label, _ in watch.steps] == labels


def test_update_waits_until_it_is_done(script: Script, plan: Plan, heard: Heard) -> None:
    script.standing()
    script.prepared()
    old = script.event(0, "Shop", "REVIEW_IN_PROGRESS")
    begun = script.event(1, "Shop", "UPDATE_IN_PROGRESS", "User Initiated")
    script.events(old, begun)
    script.events(old, begun, script.event(2, "Shop", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"))
    done = script.event(3, "Shop", "UPDATE_COMPLETE")
    script.events(old, begun, script.event(2, "Shop", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"), done)
    script.stack("UPDATE_COMPLETE")
    slept: list[float] = []
    assert deploy(script, plan, heard, slept.append).action == "updated"
    assert slept == [0.1, 0.2]


def test_same_template_parameters_and_tags_are_nothing_to_do(
    script: Script, plan: Plan, heard: Heard
) -> None:
    script.standing(key="Shop/abc-code.zip")
    script.template('{"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}')
    assert deploy(script, plan, heard).action == "unchanged"
    assert heard.messages == ["No changes detected for service"]


@pytest.mark.parametrize("template", ['{"Resources": {}}', "Resources: {}"])
def test_another_template_is_a_change(
    script: Script, plan: Plan, heard: Heard, template: str
) -> None:
    script.standing(key="Shop/abc-code.zip")
    script.template(template)
    script.prepared()
    script.events(script.event(9, "Shop", "UPDATE_COMPLETE"))
    script.stack("UPDATE_COMPLETE")
    assert deploy(script, plan, heard).action == "updated"


@pytest.mark.parametrize("reason", NO_CHANGE)
def test_empty_change_set_is_deleted(script: Script, plan: Plan, heard: Heard, reason: str) -> None:
    script.standing()
    script.uploaded()
    script.change_set("FAILED", reason)
    asked = {"StackName": script.STACK_ID, "ChangeSetName": ANY}
    script.answers("cloudformation.delete_change_set", {}, **asked)
    assert deploy(script, plan, heard).action == "unchanged"


def test_template_of_another_shape_goes_by_url(script: Script, plan: Plan, heard: Heard) -> None:
    upload = Upload("Shop/def-cftemplate.json", 60_000, body=b"{}")
    large = replace(plan, uploads=(*plan.uploads, upload), template_key=upload.key)
    script.no_stack()
    script.uploaded()
    script.refuses("s3.head_object", "404", Bucket="code", Key=upload.key)
    script.answers("s3.put_object", {}, Bucket="code", Key=upload.key, Body=b"{}")
    script.change_set(
        "CREATE_COMPLETE",
        StackName="Shop",
        ChangeSetName=ANY,
        ChangeSetType="CREATE",
        TemplateURL="https://s3.eu-west-1.amazonaws.com/code/Shop/def-cftemplate.json",
        Parameters=ANY,
        Capabilities=ANY,
        Tags=ANY,
    )
    script.events()
    script.executed()
    script.events(script.event(1, "Shop", "CREATE_COMPLETE"))
    script.stack("CREATE_COMPLETE")
    assert deploy(script, large, heard).action == "created"
    assert heard.lines[1][1]["Size"] == "60 kB"
