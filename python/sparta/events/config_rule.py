"""AWS Config's events: a rule asks whether resources comply.

https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class ConfigRule(Event):
    """One question of a custom rule; the answer goes to PutEvaluations with `result_token`."""

    __slots__ = ()

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event is one of AWS Config: only those hold an `invokingEvent`."""
        return isinstance(raw, dict) and "invokingEvent" in raw

    @property
    def invoking_event(self) -> Mapping[str, Any]:
        """What made Config ask, decoded from the JSON text that it arrives as."""
        return _decoded(self.raw["invokingEvent"])

    @property
    def message_type(self) -> str:
        """`ConfigurationItemChangeNotification`, `ScheduledNotification`, ..."""
        return str(self.invoking_event["messageType"])

    @property
    def configuration_item(self) -> Mapping[str, Any] | None:
        """The resource that changed; None for a schedule, and where it is too large to be sent."""
        item: Mapping[str, Any] | None = self.invoking_event.get("configurationItem")
        return item

    @property
    def configuration_item_summary(self) -> Mapping[str, Any] | None:
        """Which resource changed, where it is too large to be sent."""
        summary: Mapping[str, Any] | None = self.invoking_event.get("configurationItemSummary")
        return summary

    @property
    def parameters(self) -> Mapping[str, str]:
        """The rule's own parameters, decoded from the JSON text that they arrive as."""
        text = self.raw.get("ruleParameters")
        return _decoded(text) if text else {}

    @property
    def result_token(self) -> str:
        """What PutEvaluations wants back; `TESTMODE` is refused unless `TestMode` is set."""
        return str(self.raw["resultToken"])

    @property
    def left_scope(self) -> bool:
        """Whether the resource is no longer one that the rule is about."""
        return bool(self.raw.get("eventLeftScope", False))

    @property
    def rule_name(self) -> str:
        """The rule's name."""
        return str(self.raw["configRuleName"])

    @property
    def rule_arn(self) -> str:
        """The rule's ARN."""
        return str(self.raw["configRuleArn"])

    @property
    def account_id(self) -> str:
        """The account that the rule is in."""
        return str(self.raw["accountId"])


def _decoded(text: str) -> Mapping[str, Any]:
    import json

    decoded: Mapping[str, Any] = json.loads(text)
    return decoded
