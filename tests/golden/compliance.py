"""AWS Config: a custom rule on changes and by the clock."""

import sparta
from sparta import events, triggers


@sparta.function(
    on=triggers.config_rule(
        "AWS::S3::Bucket",
        "AWS::SQS::Queue",
        every_hours=24,
        parameters={"owner": "shop"},
        description="Everything has an owner",
    )
)
def judge(event: events.ConfigRule) -> None:
    """Judge."""


@sparta.function(on=triggers.config_rule(every_hours=6, name="password-age"))
def judge_account(event: events.ConfigRule) -> None:
    """Judge the account."""


if __name__ == "__main__":
    sparta.main("Compliance", "Judges resources", functions=[judge, judge_account])
