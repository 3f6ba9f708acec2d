"""`principal`: a trigger that is a permission and nothing else, for any other source.

https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypedDict, Unpack  # noqa: F401 - Any is named in quotes below

    class PermissionOptions(TypedDict, total=False):
        """What a permission may say; see `principal`."""

        source_arn: str
        source_account: str
        organization: str
        token: str


class Invocations(Trigger["Any"]):
    """Whatever a principal sends: the handler's own annotation says what it is."""

    __slots__ = ("options", "principal")
    event_type = object

    def __init__(self, principal: str, options: PermissionOptions, declared_at: str) -> None:
        super().__init__(declared_at)
        self.principal = principal
        self.options = options

    @property
    def linked(self) -> tuple[object, ...]:
        """The resource that may invoke it, where the application declares it."""
        return (getattr(self.options.get("source_arn"), "of", None),)

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other triggers of its class, the same in every process."""
        return (str(self.principal), str(sorted(self.options.items())))


def principal(principal: str, **options: Unpack[PermissionOptions]) -> Invocations:
    """Return the trigger by which some principal may invoke the function; no more is made.

    Args:
        principal: A service, such as `events.amazonaws.com`, an account, or the ARN of a role or
            a user.
        options: `source_arn`: what of a service may invoke it; `*` and `?` stand for others.
            `source_account`: the account that has to be in. `organization`: the id of the
            organization that an account has to be of. `token`: what an Alexa skill shows. A
            service needs one of them: without, anybody's resource of that service could.
    """
    return Invocations(principal, options, declared_at())
