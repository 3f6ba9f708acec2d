"""`config_rule`: a trigger by which a function judges resources as a custom rule of AWS Config.

https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html
"""

from __future__ import annotations

from sparta.events.config_rule import ConfigRule
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal, TypedDict, Unpack

    class ConfigRuleOptions(TypedDict, total=False):
        """What a custom rule may say; see `config_rule`."""

        every_hours: Literal[1, 3, 6, 12, 24] | None
        parameters: Mapping[str, str] | None
        name: str | None
        description: str


class ConfigEvaluations(Trigger[ConfigRule]):
    """The questions of a custom rule of AWS Config."""

    __slots__ = ("options", "resource_types")
    event_type = ConfigRule

    def __init__(
        self, resource_types: tuple[str, ...], options: ConfigRuleOptions, declared_at: str
    ) -> None:
        super().__init__(declared_at)
        self.resource_types = resource_types
        self.options = options


def config_rule(*resource_types: str, **options: Unpack[ConfigRuleOptions]) -> ConfigEvaluations:
    """Return the trigger that asks the function whether resources comply.

    The function may call PutEvaluations without being granted it. The account has to record the
    configuration of its resources.

    Args:
        resource_types: Asks when a resource of these types changes, such as `AWS::S3::Bucket`.
        options: `every_hours`: asks that often too: 1, 3, 6, 12 or 24. `parameters`: what the
            handler finds as `event.parameters`. `name`: the rule's name, up to 128 characters;
            CloudFormation makes one where none is given. `description`: up to 256 characters.
    """
    return ConfigEvaluations(resource_types, options, declared_at())
