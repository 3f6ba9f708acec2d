"""What all events of a Cognito user pool have: who it is about, and an answer in the event itself.

Cognito wants its event back with `response` filled in. An event is frozen: `answer(...)` makes the
one to return.
https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar


class UserPoolEvent(Event):
    """One event of a user pool; its subclasses are the kinds of triggers that a pool has."""

    __slots__ = ()
    setting: ClassVar[str] = ""
    """The property of the pool's `LambdaConfig` that names its function."""

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event names a trigger of this kind."""
        source = raw.get("triggerSource") if isinstance(raw, dict) else None
        return isinstance(source, str) and source.partition("_")[0] in cls.sources

    @property
    def trigger_source(self) -> str:
        """What happened, such as `PreSignUp_AdminCreateUser`."""
        return str(self.raw["triggerSource"])

    @property
    def user_pool_id(self) -> str:
        """The user pool's id."""
        return str(self.raw["userPoolId"])

    @property
    def region(self) -> str:
        """The user pool's region."""
        return str(self.raw["region"])

    @property
    def version(self) -> str:
        """The version of the event's form, such as `1`."""
        return str(self.raw["version"])

    @property
    def user_name(self) -> str:
        """Who it is about; empty where nobody is known yet."""
        return str(self.raw.get("userName") or "")

    @property
    def client_id(self) -> str:
        """The id of the app client."""
        return str((self.raw.get("callerContext") or {}).get("clientId") or "")

    @property
    def user_attributes(self) -> Mapping[str, str]:
        """The user's attributes, such as `email`."""
        return self.request.get("userAttributes") or {}

    @property
    def client_metadata(self) -> Mapping[str, str]:
        """What the app sent along for triggers."""
        return self.request.get("clientMetadata") or {}

    @property
    def validation_data(self) -> Mapping[str, str]:
        """What the app sent along to be checked, with a sign-up or a sign-in."""
        return self.request.get("validationData") or {}

    @property
    def request(self) -> Mapping[str, Any]:
        """What Cognito asks."""
        return self.raw.get("request") or {}

    def _answered(self, **response: object) -> dict[str, Any]:
        """Return the event with those of `response` set that are not None."""
        told = {name: value for name, value in response.items() if value is not None}
        return {**self.raw, "response": {**(self.raw.get("response") or {}), **told}}
