"""Types that ministack refuses and Sparta's own triggers need: kept, given names, without effect.

A stack with such a trigger can then be made here; the summary says that nothing comes of it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from sparta.errors import LocalError
from sparta.local.endpoint import ACCOUNT, REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

    Properties = Mapping[str, Any]

_PROVISIONERS = "ministack.services.cloudformation.provisioners"
_HANDLERS = "_RESOURCE_HANDLERS"

PLACEHOLDERS: dict[str, tuple[tuple[str, ...], str]] = {
    "AWS::CodeDeploy::Application": (("ApplicationName",), ""),
    "AWS::CodeDeploy::DeploymentConfig": (("DeploymentConfigName",), ""),
    "AWS::CodeDeploy::DeploymentGroup": (("DeploymentGroupName",), ""),
    "AWS::CodeCommit::Repository": (("RepositoryName",), "codecommit:{region}:{account}:{name}"),
    "AWS::Config::ConfigRule": (
        ("ConfigRuleName",),
        "config:{region}:{account}:config-rule/{name}",
    ),
    "AWS::SES::ReceiptRule": (("Rule", "Name"), ""),
    "AWS::SES::ReceiptRuleSet": (("RuleSetName",), ""),
}
"""By type: where its name stands in its properties, and its ARN; empty where it has none."""


def install() -> None:
    """Let ministack take these types, as far as it does not know them itself.

    Raises:
        LocalError: This ministack keeps its types elsewhere.
    """
    handlers: Any = getattr(importlib.import_module(_PROVISIONERS), _HANDLERS, None)
    if not isinstance(handlers, dict):
        raise LocalError("this ministack has no such table", where=f"{_PROVISIONERS}.{_HANDLERS}")
    for kind in PLACEHOLDERS:
        handlers.setdefault(kind, _handler(kind))


def _handler(kind: str) -> dict[str, Any]:
    path, arn = PLACEHOLDERS[kind]

    def kept(name: str) -> tuple[str, dict[str, str]]:
        found = {"Name": name}
        if arn:
            found["Arn"] = f"arn:aws:{arn.format(region=REGION, account=ACCOUNT, name=name)}"
        return name, found

    def create(logical_id: str, props: Properties, stack_name: str) -> tuple[str, dict[str, str]]:
        return kept(_named(path, props) or f"{stack_name}-{logical_id}")

    def update(
        physical_id: str, _old: Properties, props: Properties, _stack: str
    ) -> tuple[str, dict[str, str]]:
        return kept(_named(path, props) or physical_id)

    def delete(_physical_id: str, _props: Properties) -> None:
        """Forget it."""

    return {"create": create, "update": update, "delete": delete}


def _named(path: tuple[str, ...], props: Properties) -> str:
    found: Any = props
    for name in path:
        found = (found or {}).get(name)
    return str(found or "")
