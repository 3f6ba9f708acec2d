"""User pools: the three triggers by which a function signs users in with challenges of its own.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
"""

from __future__ import annotations

from sparta.events.user_pool import UserPoolEvent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class _Challenged(UserPoolEvent):
    __slots__ = ()

    @property
    def session(self) -> list[Mapping[str, Any]]:
        """The challenges so far: `challengeName`, `challengeResult`, `challengeMetadata`."""
        return list(self.request.get("session") or ())

    @property
    def user_not_found(self) -> bool:
        """Whether there is no such user, which the pool does not tell the app."""
        return bool(self.request.get("userNotFound", False))


class DefineAuthChallenge(_Challenged):
    """Which challenge comes next, or whether these were enough."""

    __slots__ = ()
    setting = "DefineAuthChallenge"
    sources = ("DefineAuthChallenge",)

    def challenge(self, name: str = "CUSTOM_CHALLENGE") -> dict[str, Any]:
        """Return the answer that asks the next challenge, such as `SRP_A`."""
        return self._answered(challengeName=name, issueTokens=False, failAuthentication=False)

    def succeed(self) -> dict[str, Any]:
        """Return the answer that signs the user in."""
        return self._answered(issueTokens=True, failAuthentication=False)

    def fail(self) -> dict[str, Any]:
        """Return the answer that refuses the user."""
        return self._answered(issueTokens=False, failAuthentication=True)


class CreateAuthChallenge(_Challenged):
    """What the challenge asks."""

    __slots__ = ()
    setting = "CreateAuthChallenge"
    sources = ("CreateAuthChallenge",)

    @property
    def challenge_name(self) -> str:
        """The challenge that is to be made."""
        return str(self.request["challengeName"])

    def answer(
        self,
        *,
        public: Mapping[str, str],
        private: Mapping[str, str],
        metadata: str = "",
    ) -> dict[str, Any]:
        """Return the answer with the challenge.

        Args:
            public: What the app is shown.
            private: What only `VerifyAuthChallenge` gets: the right answer.
            metadata: The challenge's own name, which `session` holds from then on.
        """
        return self._answered(
            publicChallengeParameters=dict(public),
            privateChallengeParameters=dict(private),
            challengeMetadata=metadata,
        )


class VerifyAuthChallenge(_Challenged):
    """Whether the user's answer is right."""

    __slots__ = ()
    setting = "VerifyAuthChallengeResponse"
    sources = ("VerifyAuthChallengeResponse",)

    @property
    def private(self) -> Mapping[str, str]:
        """What `CreateAuthChallenge` kept."""
        return self.request.get("privateChallengeParameters") or {}

    @property
    def challenge_answer(self) -> str:
        """What the user answered."""
        return str(self.request.get("challengeAnswer") or "")

    def answer(self, *, correct: bool) -> dict[str, Any]:
        """Return the answer that says whether it is right."""
        return self._answered(answerCorrect=correct)
