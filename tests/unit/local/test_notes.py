"""The summary says what has no effect here, once each, and nothing of what works."""

from __future__ import annotations

from typing import Any

import pytest

from sparta.local.notes import inert_notes


def resource(type_name: str, **properties: object) -> dict[str, Any]:
    return {"Type": type_name, "Properties": properties}


def test_what_works_has_no_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    works = {
        "F": resource("AWS::Lambda::Function", Architectures=["x86_64"]),
        "T": resource("AWS::DynamoDB::Table"),
        "B": {"Type": "AWS::S3::Bucket"},
        "S": resource("AWS::Events::Rule", ScheduleExpression="rate(1 minute)"),
    }
    assert inert_notes(works) == ()


def test_one_note_names_all_of_a_kind() -> None:
    permissions = {f"P{n}": resource("AWS::Lambda::Permission") for n in range(5)}
    (note,) = inert_notes(permissions)
    assert note.startswith("AWS::Lambda::Permission: not enforced")
    assert note.endswith("(P0, P1, P2 and 2 more)")


def test_properties_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    function = resource(
        "AWS::Lambda::Function",
        Architectures=["arm64"],
        TracingConfig={"Mode": "Active"},
    )
    schedule = resource("AWS::Scheduler::Schedule", FlexibleTimeWindow={"Mode": "FLEXIBLE"})
    notes = inert_notes({"F": function, "S": schedule})
    assert len(notes) == 4
    assert all(note.endswith(("(F)", "(S)")) for note in notes)


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("Function", {"DeadLetterConfig": {"TargetArn": "arn"}}),
        ("Function", {"EphemeralStorage": {"Size": 1024}}),
        ("Function", {"KmsKeyArn": "arn"}),
        ("Function", {"LoggingConfig": {"LogFormat": "JSON"}}),
        ("Function", {"RecursiveLoop": "Allow"}),
        ("Function", {"ReservedConcurrentExecutions": 0}),
        ("Function", {"SnapStart": {"ApplyOn": "PublishedVersions"}}),
        ("EventInvokeConfig", {"DestinationConfig": {"OnSuccess": {"Destination": "arn"}}}),
        ("EventInvokeConfig", {"Qualifier": "live", "MaximumRetryAttempts": 1}),
        ("Alias", {"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 1}}),
    ],
)
def test_options_without_effect_have_a_note(kind: str, properties: dict[str, object]) -> None:
    (note,) = inert_notes({"F": resource(f"AWS::Lambda::{kind}", **properties)})
    assert note.startswith(f"AWS::Lambda::{kind}: ")
    failure = {"OnFailure": {"Destination": "arn"}}
    works = {
        "F": resource("AWS::Lambda::Function", LoggingConfig={"LogGroup": "a"}),
        "A": resource("AWS::Lambda::Alias", Name="live"),
        "E": resource(
            "AWS::Lambda::EventInvokeConfig", DestinationConfig=failure, Qualifier="$LATEST"
        ),
    }
    assert inert_notes(works) == ()
