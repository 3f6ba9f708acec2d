"""SES events: a mail that a receipt rule took in. The mail's text is not in them.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class SesRecord(Event):
    """One received mail: its envelope, its headers, and what SES thinks of it."""

    __slots__ = ()

    @property
    def message_id(self) -> str:
        """SES's id of the mail, and its key in S3 after the rule's prefix."""
        return str(self.mail["messageId"])

    @property
    def sender(self) -> str:
        """The address in the envelope (MAIL FROM)."""
        return str(self.mail["source"])

    @property
    def recipients(self) -> list[str]:
        """The addresses that this rule matched."""
        return list(self.receipt.get("recipients") or ())

    @property
    def destination(self) -> list[str]:
        """All addresses that the mail was sent to."""
        return list(self.mail.get("destination") or ())

    @property
    def subject(self) -> str:
        """The subject; empty where there is none, or the headers are too long to be sent."""
        return str((self.mail.get("commonHeaders") or {}).get("subject") or "")

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers, in their order; the same name may stand several times."""
        return [(item["name"], item["value"]) for item in self.mail.get("headers") or ()]

    @property
    def spam(self) -> str:
        """`PASS`, `FAIL`, `GRAY`, `PROCESSING_FAILED` or `DISABLED`; as the other verdicts."""
        return self._verdict("spamVerdict")

    @property
    def virus(self) -> str:
        """Whether SES found a virus in it."""
        return self._verdict("virusVerdict")

    @property
    def spf(self) -> str:
        """Whether the sender's domain allows the server that sent it."""
        return self._verdict("spfVerdict")

    @property
    def dkim(self) -> str:
        """Whether its signature holds."""
        return self._verdict("dkimVerdict")

    @property
    def dmarc(self) -> str:
        """Whether it meets what the sender's domain asks for."""
        return self._verdict("dmarcVerdict")

    @property
    def timestamp(self) -> str:
        """When it came in, ISO 8601 in UTC."""
        return str(self.mail["timestamp"])

    @property
    def mail(self) -> Mapping[str, Any]:
        """What SES says of the mail."""
        mail: Mapping[str, Any] = self.raw["ses"]["mail"]
        return mail

    @property
    def receipt(self) -> Mapping[str, Any]:
        """What SES says of its receipt."""
        receipt: Mapping[str, Any] = self.raw["ses"]["receipt"]
        return receipt

    def _verdict(self, name: str) -> str:
        return str((self.receipt.get(name) or {}).get("status") or "")


class Ses(Event):
    """Received mails; SES sends one per invocation."""

    __slots__ = ()
    sources = ("aws:ses",)

    @property
    def records(self) -> list[SesRecord]:
        """The mails."""
        return [SesRecord(record) for record in self.raw["Records"]]
