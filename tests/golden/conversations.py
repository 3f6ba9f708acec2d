"""Alexa and Lex: permissions of one skill, of an existing bot's alias and of a declared one."""

from typing import Any

import sparta
from sparta import events, triggers

bot_role = sparta.Resource(
    "BotRole",
    "AWS::IAM::Role",
    {
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "lexv2.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    },
    attributes=["Arn"],
)
bot = sparta.Resource(
    "Bot",
    "AWS::Lex::Bot",
    {
        "DataPrivacy": {"ChildDirected": False},
        "IdleSessionTTLInSeconds": 300,
        "Name": "Shop",
        "RoleArn": bot_role.get_att("Arn"),
    },
    attributes=["Id"],
)
alias = sparta.Resource(
    "BotAlias", "AWS::Lex::BotAlias", {"BotAliasName": "live", "BotId": bot.get_att("Id")}
)


@sparta.function(on=triggers.alexa("amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"))
def skill(event: events.Alexa) -> dict[str, Any]:
    """Talk."""
    return event.answer("Good morning.")


@sparta.function(
    on=(
        triggers.lex(alias),
        triggers.lex("arn:aws:lex:eu-west-1:123456789012:bot-alias/A1B2C3D4E5/TSTALIASID"),
    )
)
def turn(event: events.Lex) -> dict[str, Any]:
    """Answer."""
    return event.close("Good morning.")


if __name__ == "__main__":
    resources = [bot_role, bot, alias]
    sparta.main("Conversations", "Talks", functions=[skill, turn], resources=resources)
