"""Mistakes with what watches over an application; each marked line is an error."""

import sparta
from sparta import operations
from sparta.aws import Topic

alerts = Topic("Alerts")


@sparta.function()
def work(event: dict[str, object]) -> None: ...


sparta.alarm(work.errors.sum())  # error: nothing to compare with
sparta.alarm(work.errors >= 1)  # error: a metric without a statistic
sparta.alarm(work.faults.sum() >= 1)  # error: no such metric
sparta.alarm(work.errors.sum() >= "1")  # error: compared with a text
sparta.alarm(work.errors.sum() >= 1, missing="never")  # error: not one of CloudWatch's words
sparta.alarm(work.errors.sum() >= 1, notify=work)  # error: a function is not told
sparta.function(rollout=operations.Dashboard())  # error: no rollout
operations.Canary(before=work.errors)  # error: no function
operations.LogMetric("Refused", "work", "refused")  # error: no function
sparta.main("Watched", operations=[alerts])  # error: a topic watches over nothing
