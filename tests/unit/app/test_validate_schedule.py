"""Schedules, checked offline as EventBridge Scheduler would."""

from __future__ import annotations

import pytest

from sparta.app.validate_schedule import schedule_problems
from sparta.triggers.clock import schedule

GOOD = [
    "rate(1 minute)",
    "rate(5 minutes)",
    "rate(2 days)",
    "cron(0 3 * * ? *)",
    "cron(0/15 8-18 ? * MON-FRI *)",
    "cron(0 9 L * ? 2027)",
    "cron(0 9 15W JAN,jul ? *)",
    "cron(0 9 ? * 6L *)",
    "cron(0 9 ? * 3#1 *)",
    "at(2027-01-01T00:00:00)",
]
BAD = {
    "every day": "neither rate",
    "rate(1 hours)": "1 goes with hour",
    "rate(5 minute)": "5 goes with minutes",
    "rate(0 minutes)": "at least 1",
    "cron(0 3 * * *)": "six fields",
    "cron(0 3 * * * *)": "is `?`",
    "cron(0 3 ? * ? *)": "is `?`",
    "cron(61 3 * * ? *)": "'61' is not a valid minutes",
    "cron(0 3 * FOO ? *)": "'FOO' is not a valid month",
    "cron(0 3 * * ? 1900)": "'1900' is not a valid year",
    "cron(*/0 3 * * ? *)": "'*/0' is not a valid minutes",
    "at(2027-13-01T00:00:00)": "is not a time",
}


@pytest.mark.parametrize("expression", GOOD)
def test_what_aws_takes(expression: str) -> None:
    assert list(schedule_problems(schedule(expression, timezone="Europe/Rome"))) == []


@pytest.mark.parametrize(("expression", "text"), BAD.items())
def test_what_aws_refuses(expression: str, text: str) -> None:
    (problem,) = schedule_problems(schedule(expression))
    assert text in problem.what
    assert "rate(5 minutes)" in problem.fix


def test_an_unknown_time_zone() -> None:
    (problem,) = schedule_problems(schedule("rate(1 day)", timezone="Mars/Base"))
    assert "'Mars/Base' does not exist" in problem.what
