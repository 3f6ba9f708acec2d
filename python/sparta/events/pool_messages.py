"""User pools: the messages that a pool sends, their text, or sent by the function itself.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
"""

from __future__ import annotations

from sparta.events.user_pool import UserPoolEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class CustomMessage(UserPoolEvent):
    """A message is about to be sent: its text may be another one."""

    __slots__ = ()
    setting = "CustomMessage"
    sources = ("CustomMessage",)

    @property
    def code_parameter(self) -> str:
        """What has to stand in the message in place of the code."""
        return str(self.request["codeParameter"])

    @property
    def user_name_parameter(self) -> str:
        """What has to stand in an invitation in place of the user's name; empty elsewhere."""
        return str(self.request.get("usernameParameter") or "")

    @property
    def link_parameter(self) -> str:
        """What stands for a link with the code, where the pool verifies by link; else empty."""
        return str(self.request.get("linkParameter") or "")

    def answer(
        self, *, sms: str | None = None, email: str | None = None, subject: str | None = None
    ) -> dict[str, Any]:
        """Return the answer with the texts; what is not given is the pool's own.

        Args:
            sms: The text message, with `code_parameter` in it.
            email: The mail, with `code_parameter` in it; HTML.
            subject: The mail's subject.
        """
        return self._answered(smsMessage=sms, emailMessage=email, emailSubject=subject)


class _Sender(UserPoolEvent):
    __slots__ = ()

    @property
    def encrypted_code(self) -> str:
        """The code, encrypted with the pool's key by the AWS Encryption SDK, as base64."""
        return str(self.request.get("code") or "")


class CustomEmailSender(_Sender):
    """A mail has to be sent, and the function sends it; nothing is answered."""

    __slots__ = ()
    setting = "CustomEmailSender"
    sources = ("CustomEmailSender",)


class CustomSmsSender(_Sender):
    """A text message has to be sent, and the function sends it; nothing is answered."""

    __slots__ = ()
    setting = "CustomSMSSender"
    sources = ("CustomSMSSender",)
