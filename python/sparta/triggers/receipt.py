"""`email`: a trigger for mail that SES receives, by a receipt rule.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-concepts.html
"""

from __future__ import annotations

from sparta.events.ses import Ses
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypedDict, Unpack

    from sparta.aws.bucket import Bucket
    from sparta.cfn.resource import Resource

    class ReceiptOptions(TypedDict, total=False):
        """What a receipt rule may say; see `email`."""

        recipients: Sequence[str]
        store: Bucket | None
        prefix: str
        after: str | None
        scan: bool
        require_tls: bool
        decides: bool
        enabled: bool


class ReceivedMail(Trigger[Ses]):
    """Mail that SES receives."""

    __slots__ = ("options", "rule_set")
    event_type = Ses

    def __init__(self, rule_set: Resource | str, options: ReceiptOptions, declared_at: str) -> None:
        super().__init__(declared_at)
        self.rule_set = rule_set
        self.options = options

    @property
    def source(self) -> object:
        """The rule set, where the application declares it."""
        return self.rule_set

    @property
    def linked(self) -> tuple[object, ...]:
        """The bucket that keeps the mails, if any."""
        return (self.options.get("store"),)


def email(rule_set: Resource | str, **options: Unpack[ReceiptOptions]) -> ReceivedMail:
    """Return the trigger that hands over each mail that SES receives.

    Args:
        rule_set: A rule set of the application (`AWS::SES::ReceiptRuleSet`), or the name of an
            existing one. SES asks only the one rule set that is active in the region.
        options: `recipients`: addresses and domains (`.example.com` for its subdomains); all
            where none is given. `store`: a bucket of the application that keeps the mail itself,
            which is not in the event; its key is `prefix` and the mail's id. `after`: the rule
            of the set that comes before this one. `scan`: whether SES looks for spam and viruses,
            as it does unless told. `require_tls`: refuse mail that comes unencrypted. `decides`:
            SES waits up to 30 s for the answer, which may stop the rule or the set
            (`{"disposition": "STOP_RULE_SET"}`). `enabled`: whether the rule is asked at all.
    """
    return ReceivedMail(rule_set, options, declared_at())
