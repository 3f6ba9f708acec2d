"""What a template asks for that the local AWS takes without doing it, told in the summary.

An accepted request that has no effect is worse than a refused one: it looks like a success. What is
not in this table works, or is refused, in ministack 1.5.33; each line was seen to be so.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Properties = Mapping[str, Any]

_MACHINES = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def inert_notes(resources: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return one sentence for each thing that has no effect here, in the table's order.

    Args:
        resources: The template's "Resources", by logical id.
    """
    notes: list[str] = []
    for resource_type, applies, text in _TABLE:
        ids = sorted(
            logical_id
            for logical_id, resource in resources.items()
            if resource.get("Type") == resource_type and applies(resource.get("Properties") or {})
        )
        if ids:
            notes.append(f"{resource_type}: {text} ({_listed(ids)})")
    return tuple(notes)


def _listed(ids: list[str]) -> str:
    shown = 3
    more = f" and {len(ids) - shown} more" if len(ids) > shown else ""
    return ", ".join(ids[:shown]) + more


def _always(_properties: Properties) -> bool:
    return True


def _has(name: str) -> Callable[[Properties], bool]:
    return lambda properties: bool(properties.get(name))


def _foreign(properties: Properties) -> bool:
    wanted = (properties.get("Architectures") or ["x86_64"])[0]
    return bool(wanted != _MACHINES.get(platform.machine()))


def _traced(properties: Properties) -> bool:
    return bool((properties.get("TracingConfig") or {}).get("Mode") == "Active")


def _given(name: str) -> Callable[[Properties], bool]:
    return lambda properties: name in properties


def _json_log(properties: Properties) -> bool:
    return bool((properties.get("LoggingConfig") or {}).get("LogFormat") == "JSON")


def _sends_success(properties: Properties) -> bool:
    return "OnSuccess" in (properties.get("DestinationConfig") or {})


def _of_alias(properties: Properties) -> bool:
    return bool(properties.get("Qualifier", "$LATEST") != "$LATEST")


def _of_absent_source(properties: Properties) -> bool:
    names = ("DocumentDBEventSourceConfig", "Queues", "SelfManagedEventSource", "Topics")
    return any(name in properties for name in names)


def _tuned(properties: Properties) -> bool:
    inert = ("BisectBatchOnFunctionError", "DestinationConfig", "MaximumRetryAttempts")
    others = ("ParallelizationFactor", "StartingPositionTimestamp", "TumblingWindowInSeconds")
    return any(name in properties for name in (*inert, *others))


def _flexible(properties: Properties) -> bool:
    return bool((properties.get("FlexibleTimeWindow") or {}).get("Mode") == "FLEXIBLE")


def _of_lambda(properties: Properties) -> bool:
    return bool(properties.get("Namespace") == "AWS/Lambda")


def _asks_in_vain(properties: Properties) -> bool:
    """Say whether a user pool has triggers that are never invoked here."""
    inert = ("CustomEmailSender", "CustomSMSSender", "PostAuthentication", "PostConfirmation")
    others = ("PreAuthentication", "UserMigration")
    return any(name in (properties.get("LambdaConfig") or {}) for name in (*inert, *others))


def _delivers(properties: Properties) -> bool:
    """Say whether a rule or a schedule asks how its target is delivered to."""
    targets = properties.get("Targets") or [properties.get("Target") or {}]
    return any("RetryPolicy" in each or "DeadLetterConfig" in each for each in targets)


_TABLE: tuple[tuple[str, Callable[[Properties], bool], str], ...] = (
    ("AWS::Lambda::Permission", _always, "not enforced, every source may invoke the function"),
    (
        "AWS::Lambda::EventSourceMapping",
        _always,
        "reads its source whatever the function's role allows",
    ),
    (
        "AWS::Lambda::EventSourceMapping",
        _of_absent_source,
        "never fires, there is no such source here: invoke the function with a recorded event",
    ),
    (
        "AWS::Lambda::EventSourceMapping",
        _given("MaximumBatchingWindowInSeconds"),
        "does not wait for fuller batches",
    ),
    (
        "AWS::Lambda::EventSourceMapping",
        _tuned,
        "tries a failed batch whole until it succeeds, starts at either end, hands on no state",
    ),
    ("AWS::Lambda::Function", _foreign, "runs on this machine's processor, not on the one asked"),
    ("AWS::Lambda::Function", _traced, "traces are not collected"),
    ("AWS::Lambda::Function", _has("VpcConfig"), "runs outside any network of its own"),
    (
        "AWS::Lambda::Function",
        _has("ImageConfig"),
        "cannot be invoked, images are kept and not run: --package zip runs the same files",
    ),
    ("AWS::Lambda::Function", _has("FileSystemConfigs"), "file systems are not mounted"),
    ("AWS::Lambda::Function", _has("DeadLetterConfig"), "nothing goes to the dead letter target"),
    ("AWS::Lambda::Function", _has("EphemeralStorage"), "temporary space has no limit of its own"),
    ("AWS::Lambda::Function", _has("KmsKeyArn"), "nothing is encrypted with the key"),
    (
        "AWS::Lambda::Function",
        _given("ReservedConcurrentExecutions"),
        "concurrency is neither reserved nor limited",
    ),
    ("AWS::Lambda::Function", _given("RecursiveLoop"), "recursion is what it is by default"),
    ("AWS::Lambda::Function", _has("SnapStart"), "initialises anew, there are no snapshots"),
    ("AWS::Lambda::Function", _json_log, "Lambda's own lines stay plain text"),
    ("AWS::Lambda::EventInvokeConfig", _sends_success, "nothing is sent on success"),
    (
        "AWS::Lambda::EventInvokeConfig",
        _of_alias,
        "not applied to an alias: two more tries, and no destination",
    ),
    ("AWS::Lambda::Alias", _has("ProvisionedConcurrencyConfig"), "nothing is kept ready"),
    ("AWS::Scheduler::Schedule", _always, "fires whatever its role allows"),
    ("AWS::Scheduler::Schedule", _flexible, "fires at the start of its flexible window"),
    ("AWS::Scheduler::Schedule", _delivers, "tries once, nothing goes to a dead letter queue"),
    ("AWS::Events::Rule", _delivers, "tries once, nothing goes to a dead letter queue"),
    ("AWS::SNS::Subscription", _has("RedrivePolicy"), "nothing goes to the dead letter queue"),
    ("AWS::SQS::QueuePolicy", _always, "EventBridge delivers to the queue without it"),
    ("AWS::CodeDeploy::DeploymentGroup", _always, "kept only, new versions get all events at once"),
    ("AWS::CloudWatch::Alarm", _has("Metrics"), "kept only, formulas of metrics are not evaluated"),
    ("AWS::CloudWatch::Alarm", _of_lambda, "looked at only when an application writes a metric"),
    (
        "AWS::Logs::SubscriptionFilter",
        _has("RoleArn"),
        "kept only, nothing is delivered to streams",
    ),
    (
        "AWS::Cognito::UserPool",
        _asks_in_vain,
        "neither senders nor triggers around a sign-in, a confirmation or a migration are invoked",
    ),
    ("AWS::SES::ReceiptRule", _always, "not emulated, no mail comes in"),
    ("AWS::Config::ConfigRule", _always, "not emulated, never asks"),
    ("AWS::CodeCommit::Repository", _always, "not emulated, nothing can be pushed to it"),
    ("AWS::Logs::MetricFilter", _always, "stored, never counts"),
)
