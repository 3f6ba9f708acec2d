"""User pools: the claims of tokens, before they are signed.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
"""

from __future__ import annotations

from sparta.events.encoded import refuse
from sparta.events.user_pool import UserPoolEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


class PreTokenGeneration(UserPoolEvent):
    """Tokens are about to be made; version 1 is about the ID token alone."""

    __slots__ = ()
    setting = "PreTokenGeneration"
    sources = ("TokenGeneration",)

    @property
    def groups(self) -> list[str]:
        """The user's groups."""
        return list(self._group_configuration.get("groupsToOverride") or ())

    @property
    def roles(self) -> list[str]:
        """The ARNs of the groups' roles."""
        return list(self._group_configuration.get("iamRolesToOverride") or ())

    @property
    def preferred_role(self) -> str | None:
        """The ARN of the role that comes first, if any."""
        role: str | None = self._group_configuration.get("preferredRole")
        return role

    @property
    def scopes(self) -> list[str]:
        """The access token's scopes; empty in version 1."""
        return list(self.request.get("scopes") or ())

    def answer(
        self,
        *,
        claims: Mapping[str, Any] | None = None,
        without: Sequence[str] = (),
        access_claims: Mapping[str, Any] | None = None,
        access_without: Sequence[str] = (),
        add_scopes: Sequence[str] = (),
        without_scopes: Sequence[str] = (),
        groups: Sequence[str] | None = None,
        roles: Sequence[str] | None = None,
        preferred_role: str | None = None,
    ) -> dict[str, Any]:
        """Return the answer with what is changed.

        Args:
            claims: Added to the ID token, or put in the place of what it has.
            without: Claims that are left out of the ID token.
            access_claims: As `claims`, of the access token; from version 2 on.
            access_without: As `without`, of the access token; from version 2 on.
            add_scopes: Scopes that the access token gets; from version 2 on.
            without_scopes: Scopes that it does not get; from version 2 on.
            groups: The groups, in place of the user's.
            roles: ARNs of roles, in place of those of the groups.
            preferred_role: The ARN of the one that comes first.

        Raises:
            EventError: The access token is to be changed, and the pool's version is 1.
        """
        overridden = {
            "groupsToOverride": None if groups is None else list(groups),
            "iamRolesToOverride": None if roles is None else list(roles),
            "preferredRole": preferred_role,
        }
        overridden = {name: value for name, value in overridden.items() if value is not None}
        rest = {"groupOverrideDetails": overridden} if overridden else {}
        identity = _changed(claims, without)
        access = {
            **_changed(access_claims, access_without),
            **({"scopesToAdd": list(add_scopes)} if add_scopes else {}),
            **({"scopesToSuppress": list(without_scopes)} if without_scopes else {}),
        }
        if self.version != "1":
            tokens = {"idTokenGeneration": identity, "accessTokenGeneration": access}
            return self._answered(claimsAndScopeOverrideDetails={**tokens, **rest})
        if access:
            refuse(
                'version 1 has no access token: use triggers.cognito(..., version="V2_0")',
                "response",
            )
        return self._answered(claimsOverrideDetails={**identity, **rest})

    @property
    def _group_configuration(self) -> Mapping[str, Any]:
        return self.request.get("groupConfiguration") or {}


def _changed(claims: Mapping[str, Any] | None, without: Sequence[str]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if claims:
        changed["claimsToAddOrOverride"] = dict(claims)
    if without:
        changed["claimsToSuppress"] = list(without)
    return changed
