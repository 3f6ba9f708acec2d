"""`cognito`: a trigger for what happens in a Cognito user pool.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.model.generic import E
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypedDict, Unpack

    from typing_extensions import TypeVar

    from sparta.cfn.resource import Resource
    from sparta.events.user_pool import UserPoolEvent

    PoolEventT = TypeVar("PoolEventT", bound=UserPoolEvent)

    class UserPoolOptions(TypedDict, total=False):
        """What a user pool may say of one trigger; see `cognito`."""

        version: Literal["V1_0", "V2_0", "V3_0"]
        kms_key: str


class UserPoolEvents(Trigger[E]):
    """Events of one kind, of a user pool."""

    __slots__ = ("event_type", "options", "pool")

    def __init__(
        self,
        pool: Resource | str,
        event_type: type[E],
        options: UserPoolOptions,
        declared_at: str,
    ) -> None:
        super().__init__(declared_at)
        self.pool = pool
        self.event_type = event_type
        self.options = options

    @property
    def source(self) -> object:
        """The user pool, where the application declares it."""
        return self.pool

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other triggers of its class, the same in every process."""
        pool = self.pool
        setting = getattr(self.event_type, "setting", "")
        return (str(getattr(pool, "logical_id", pool)), setting)


def cognito(
    pool: Resource | str, event: type[PoolEventT], **options: Unpack[UserPoolOptions]
) -> UserPoolEvents[PoolEventT]:
    """Return the trigger for one kind of a user pool's events.

    Args:
        pool: A user pool of the application (`AWS::Cognito::UserPool`), whose `LambdaConfig` is
            set, or the ARN of an existing one. CloudFormation cannot set up a pool of another
            stack: the function may then be invoked by it, and the pool has to be told
            (`aws cognito-idp update-user-pool --lambda-config`).
        event: The kind, such as `events.PreSignUp`; a pool has one function for each.
        options: `version`: the form of the event, for `events.PreTokenGeneration`: `V1_0` unless
            told, `V2_0` for the access token too, `V3_0` for tokens of machines too. `kms_key`:
            the ARN of the key that codes are encrypted with, for the two senders, which need one.
    """
    return UserPoolEvents(pool, event, options, declared_at())
