"""User pools: events of signing up and signing in, of migrated and federated users.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from __future__ import annotations

from sparta.events.user_pool import UserPoolEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal


class PreSignUp(UserPoolEvent):
    """Somebody signs up, or an administrator makes a user; an exception refuses it."""

    __slots__ = ()
    setting = "PreSignUp"
    sources = ("PreSignUp",)

    def answer(
        self, *, confirm: bool = False, verify_email: bool = False, verify_phone: bool = False
    ) -> dict[str, Any]:
        """Return the answer that lets the user in.

        Args:
            confirm: Whether the user is confirmed at once.
            verify_email: Whether the address counts as verified.
            verify_phone: Whether the telephone number counts as verified.
        """
        return self._answered(
            autoConfirmUser=confirm, autoVerifyEmail=verify_email, autoVerifyPhone=verify_phone
        )


class PostConfirmation(UserPoolEvent):
    """A user is confirmed, or has a new password."""

    __slots__ = ()
    setting = "PostConfirmation"
    sources = ("PostConfirmation",)

    def answer(self) -> dict[str, Any]:
        """Return the answer, which says nothing."""
        return self._answered()


class PreAuthentication(UserPoolEvent):
    """Somebody signs in; an exception refuses it."""

    __slots__ = ()
    setting = "PreAuthentication"
    sources = ("PreAuthentication",)

    @property
    def user_not_found(self) -> bool:
        """Whether there is no such user, which the pool does not tell the app."""
        return bool(self.request.get("userNotFound", False))

    def answer(self) -> dict[str, Any]:
        """Return the answer that goes on."""
        return self._answered()


class PostAuthentication(UserPoolEvent):
    """Somebody has signed in."""

    __slots__ = ()
    setting = "PostAuthentication"
    sources = ("PostAuthentication",)

    @property
    def new_device(self) -> bool:
        """Whether the device was not used before, as far as the pool remembers devices."""
        return bool(self.request.get("newDeviceUsed", False))

    def answer(self) -> dict[str, Any]:
        """Return the answer, which says nothing."""
        return self._answered()


class UserMigration(UserPoolEvent):
    """A user that the pool does not have signs in, or wants a new password."""

    __slots__ = ()
    setting = "UserMigration"
    sources = ("UserMigration",)

    @property
    def password(self) -> str:
        """The password as it was typed; empty where the user forgot it."""
        return str(self.request.get("password") or "")

    def answer(
        self,
        attributes: Mapping[str, str],
        *,
        status: Literal["CONFIRMED", "RESET_REQUIRED"] | None = None,
        message: Literal["SUPPRESS"] | None = None,
        media: Sequence[Literal["EMAIL", "SMS"]] | None = None,
        force_alias: bool | None = None,
        enable_sms_mfa: bool | None = None,
    ) -> dict[str, Any]:
        """Return the answer that takes the user over; an exception leaves the user out.

        Args:
            attributes: The user's attributes; `username` among them.
            status: `CONFIRMED` for one who signed in with the right password. Otherwise, as
                where none is given, the user has to set a new one.
            message: `SUPPRESS` sends no welcome.
            media: What a welcome is sent by.
            force_alias: Takes an address or number over that another user has as an alias.
            enable_sms_mfa: Whether signing in takes a code by text message from then on.
        """
        return self._answered(
            userAttributes=dict(attributes),
            finalUserStatus=status,
            messageAction=message,
            desiredDeliveryMediums=None if media is None else list(media),
            forceAliasCreation=force_alias,
            enableSMSMFA=enable_sms_mfa,
        )


class InboundFederation(UserPoolEvent):
    """Somebody comes from an external identity provider, before the user's attributes are kept."""

    __slots__ = ()
    setting = "InboundFederation"
    sources = ("InboundFederation",)

    @property
    def provider(self) -> str:
        """The identity provider's name in the pool."""
        return str(self.request["providerName"])

    @property
    def provider_type(self) -> str:
        """Such as `OIDC`, `SAML` or `Google`."""
        return str(self.request["providerType"])

    @property
    def provider_attributes(self) -> Mapping[str, Any]:
        """What the provider says of the user: `tokenResponse`, `idToken`, `samlResponse`, ..."""
        return self.request.get("attributes") or {}

    def answer(self, attributes: Mapping[str, str]) -> dict[str, Any]:
        """Return the answer with the user's attributes: all that are kept; all if empty."""
        return self._answered(userAttributesToMap=dict(attributes))
