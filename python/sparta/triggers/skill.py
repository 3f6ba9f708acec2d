"""`alexa`: a trigger for the requests to an Alexa skill.

https://developer.amazon.com/en-US/docs/alexa/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html
"""

from __future__ import annotations

from sparta.events.alexa import Alexa
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger


class SkillRequests(Trigger[Alexa]):
    """Requests to a skill."""

    __slots__ = ("skill_id",)
    event_type = Alexa

    def __init__(self, skill_id: str, declared_at: str) -> None:
        super().__init__(declared_at)
        self.skill_id = skill_id

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other triggers of its class, the same in every process."""
        return (str(self.skill_id),)


def alexa(skill_id: str) -> SkillRequests:
    """Return the trigger for the requests to a custom skill.

    The skill itself is told the function's ARN in Alexa's developer console. Alexa invokes
    functions in `us-east-1`, `eu-west-1`, `us-west-2` and `ap-northeast-1`.

    Args:
        skill_id: The skill's id, `amzn1.ask.skill.` and a UUID.
    """
    return SkillRequests(skill_id, declared_at())
