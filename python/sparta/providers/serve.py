"""The one function of an application that provides Sparta's own custom resources."""

from __future__ import annotations

from sparta.providers.patience import patient
from sparta.runtime.custom_resource import refusing, serving

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MODULES = {
    "Custom::SpartaActiveReceiptRuleSet": "sparta.providers.receipt_rule_set",
    "Custom::SpartaBucketNotification": "sparta.providers.bucket_notification",
    "Custom::SpartaSite": "sparta.providers.site",
}
"""By type: the module with `create`, `update` and `delete`."""


class BuiltIn:
    """A provider, made of a module."""

    __slots__ = ("create", "delete", "name", "no_echo", "update")

    def __init__(self, module: Any) -> None:  # noqa: ANN401 - any of the modules above
        self.name = "SpartaResources"
        self.create = patient(module.create)
        self.update = patient(module.update)
        self.delete = patient(module.delete)
        self.no_echo = False


def provide(event: Any, context: Any) -> None:  # noqa: ANN401 - any JSON, any context
    """Serve a request of CloudFormation for one of the types above."""
    kind = event.get("ResourceType")
    if kind not in _MODULES:
        refusing(LookupError(f"no provider for {kind}: provision again"))(event, context)
        return
    module: Any = __import__(_MODULES[kind], fromlist=["create"])
    serving(BuiltIn(module))(event, context)
