"""`lex`: a trigger for the turns of conversations with a Lex V2 bot.

https://docs.aws.amazon.com/lexv2/latest/dg/lambda-attach.html
"""

from __future__ import annotations

from sparta.events.lex import Lex
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparta.cfn.resource import Resource


class BotTurns(Trigger[Lex]):
    """Turns of conversations with one alias of a bot."""

    __slots__ = ("alias",)
    event_type = Lex

    def __init__(self, alias: Resource | str, declared_at: str) -> None:
        super().__init__(declared_at)
        self.alias = alias

    @property
    def source(self) -> object:
        """The bot's alias, where the application declares it."""
        return self.alias

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other triggers of its class, the same in every process."""
        return (str(getattr(self.alias, "logical_id", self.alias)),)


def lex(alias: Resource | str) -> BotTurns:
    """Return the trigger for the turns of conversations with one alias of a Lex V2 bot.

    The alias itself names the function, for each language: `BotAliasLocaleSettings` of a declared
    one, Lex's console for an existing one.

    Args:
        alias: The alias of the application (`AWS::Lex::BotAlias`), or the ARN of an existing one:
            `arn:aws:lex:<region>:<account>:bot-alias/<bot's id>/<alias's id>`.
    """
    return BotTurns(alias, declared_at())
