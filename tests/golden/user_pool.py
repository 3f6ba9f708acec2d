"""Cognito: every kind of trigger of a user pool of the application, and one of an existing pool."""

from typing import Any

import sparta
from sparta import events, iam, triggers

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
EXISTING = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a1B2c3D4e"
users = sparta.Resource("Users", "AWS::Cognito::UserPool", attributes=["Arn"])


@sparta.function(
    on=(
        triggers.cognito(users, events.PreSignUp),
        triggers.cognito(EXISTING, events.PreSignUp),
    )
)
def sign_up(event: events.PreSignUp) -> dict[str, Any]:
    """Let users in."""
    return event.answer(confirm=True)


# It uses the pool that invokes it, which is no circle: the pool names it by its name.
@sparta.function(
    uses=[iam.allow("cognito-idp:AdminAddUserToGroup").on(users.get_att("Arn"))],
    on=triggers.cognito(users, events.PostConfirmation),
)
def confirmed(event: events.PostConfirmation) -> dict[str, Any]:
    """Add a user to a group."""
    return event.answer()


@sparta.function(
    on=(
        triggers.cognito(users, events.PreAuthentication),
        triggers.cognito(users, events.PostAuthentication),
    )
)
def sign_in(event: events.PreAuthentication | events.PostAuthentication) -> dict[str, Any]:
    """Watch users sign in."""
    return event.answer()


@sparta.function(
    on=(
        triggers.cognito(users, events.DefineAuthChallenge),
        triggers.cognito(users, events.CreateAuthChallenge),
        triggers.cognito(users, events.VerifyAuthChallenge),
    )
)
def challenge(
    event: events.DefineAuthChallenge | events.CreateAuthChallenge | events.VerifyAuthChallenge,
) -> dict[str, Any]:
    """Ask for a password of its own."""
    if isinstance(event, events.DefineAuthChallenge):
        return event.succeed() if event.session else event.challenge()
    if isinstance(event, events.CreateAuthChallenge):
        return event.answer(public={"ask": "1 + 1"}, private={"right": "2"})
    return event.answer(correct=event.challenge_answer == event.private["right"])


@sparta.function(
    alias="live", on=triggers.cognito(users, events.PreTokenGeneration, version="V2_0")
)
def tokens(event: events.PreTokenGeneration) -> dict[str, Any]:
    """Add scopes."""
    return event.answer(add_scopes=["shop/read"])


@sparta.function(
    on=(
        triggers.cognito(users, events.UserMigration),
        triggers.cognito(users, events.InboundFederation),
    )
)
def newcomers(event: events.UserMigration | events.InboundFederation) -> dict[str, Any]:
    """Take users over."""
    return event.answer({"email": "ann@example.com"})


@sparta.function(
    on=(
        triggers.cognito(users, events.CustomEmailSender, kms_key=KEY),
        triggers.cognito(users, events.CustomSmsSender, kms_key=KEY),
    )
)
def send(event: events.CustomEmailSender | events.CustomSmsSender) -> None:
    """Send a code."""


@sparta.function(on=triggers.cognito(users, events.CustomMessage))
def word(event: events.CustomMessage) -> dict[str, Any]:
    """Word a message."""
    return event.answer(subject="Your code", email=event.code_parameter)


if __name__ == "__main__":
    sparta.main(
        "UserPool",
        "Knows users",
        functions=[sign_up, confirmed, sign_in, challenge, tokens, newcomers, send, word],
    )
