"""Makes two tables of the package, of what the pinned cfn-lint ships (MIT-0).

    .venv/bin/python build_backend/build_privileges.py

- `template/check/actions.txt`: every action that IAM knows, by service; those after `|` have
  no resource level, so that `*` is their only resource. From AWS's service authorization
  reference, by way of cfn-lint's `AdditionalSpecs/Policies.json`.
- `policy/handlers.txt`: what CloudFormation asks for, in the deploying user's name, to create,
  read, update and delete a resource of each type in `TYPES`. From the types' own schemas.

A test makes both anew and compares: after another cfn-lint was pinned, run this.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ACTIONS = ROOT / "python" / "sparta" / "template" / "check" / "actions.txt"
HANDLERS = ROOT / "python" / "sparta" / "policy" / "handlers.txt"
REGION = "us-east-1"
"""The region whose schemas are read: it has every type."""
LIFE_CYCLE = ("create", "read", "update", "delete")
"""The handlers that a stack needs; `list` serves other tools."""
TYPES = (
    *("AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Authorizer"),
    *("AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage"),
    *("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard"),
    *("AWS::DynamoDB::Table", "AWS::ECR::Repository", "AWS::Events::EventBus"),
    *("AWS::Events::Rule", "AWS::IAM::Role", "AWS::Kinesis::Stream", "AWS::KMS::Alias"),
    *("AWS::KMS::Key", "AWS::KinesisFirehose::DeliveryStream", "AWS::Lambda::Alias"),
    *("AWS::Lambda::EventInvokeConfig", "AWS::Lambda::EventSourceMapping"),
    *("AWS::Lambda::Function", "AWS::Lambda::LayerVersion", "AWS::Lambda::Permission"),
    *("AWS::Lambda::Url", "AWS::Lambda::Version", "AWS::Logs::LogGroup"),
    *("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter", "AWS::S3::Bucket"),
    *("AWS::S3::BucketPolicy", "AWS::SNS::Subscription", "AWS::SNS::Topic"),
    *("AWS::SNS::TopicPolicy", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy"),
    *("AWS::SSM::Parameter", "AWS::Scheduler::Schedule", "AWS::SecretsManager::Secret"),
    *("AWS::StepFunctions::StateMachine",),
)
"""What Sparta makes by itself, and what applications mostly add."""


def source() -> Path:
    """Return the folder of what cfn-lint ships."""
    found = find_spec("cfnlint")
    if found is None or found.origin is None:
        sys.exit("cfn-lint is missing: make env")
    return Path(found.origin).parent / "data"


def known_actions() -> dict[str, dict[str, Any]]:
    """Return what IAM knows: service -> action in lower case -> its resource types."""
    text = (source() / "AdditionalSpecs" / "Policies.json").read_text(encoding="utf-8")
    return {name: service["Actions"] for name, service in json.loads(text).items()}


def schema(resource_type: str) -> dict[str, Any]:
    """Return the schema of one CloudFormation type."""
    schemas = source() / "schemas"
    names = json.loads((schemas / "providers" / f"{REGION}.json").read_text(encoding="utf-8"))
    file = schemas / "resources" / f"{names[resource_type]}.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def actions_text() -> str:
    """Return `actions.txt`."""
    lines = []
    for service, actions in sorted(known_actions().items()):
        scoped = sorted(name for name, action in actions.items() if action.get("Resources"))
        bare = sorted(name for name, action in actions.items() if not action.get("Resources"))
        lines.append(" ".join([service, *scoped, *(["|", *bare] if bare else [])]))
    return _table(lines)


def handlers_text() -> str:
    """Return `handlers.txt`; an action that IAM does not know is a mistake of its schema."""
    known = known_actions()
    lines = []
    for resource_type in sorted(TYPES):
        handlers = schema(resource_type).get("handlers", {})
        asked: dict[str, set[str]] = defaultdict(set)
        for handler in LIFE_CYCLE:
            for action in handlers.get(handler, {}).get("permissions", ()):
                service, _, name = action.partition(":")
                if name.lower() in known.get(service, ()):
                    asked[service].add(name)
        actions = [f"{service}:{name}" for service in asked for name in asked[service]]
        lines.append(" ".join([resource_type, *sorted(actions)]))
    return _table(lines)


def _table(lines: list[str]) -> str:
    head = (
        f"# By build_backend/build_privileges.py, of cfn-lint {version('cfn-lint')}; not by hand."
    )
    return "\n".join([head, *lines, ""])


if __name__ == "__main__":
    ACTIONS.write_text(actions_text(), encoding="utf-8")
    HANDLERS.write_text(handlers_text(), encoding="utf-8")
