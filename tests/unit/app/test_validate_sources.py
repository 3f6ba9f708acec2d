"""Queues and streams whose settings AWS would refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.app.validate_sources import source_problems
from sparta.aws import Queue, Stream

if TYPE_CHECKING:
    from sparta.cfn.resource import Resource

WRONG: dict[str, Resource] = {
    "Q: visibility_timeout_s=-1 is out of range": Queue("Q", visibility_timeout_s=-1),
    "Q: retention_s=59 is out of range": Queue("Q", retention_s=59),
    "Q: max_receives=0 is out of range": Queue("Q", max_receives=0),
    "Q: deduplicate_by_content=True of a standard": Queue("Q", deduplicate_by_content=True),
    "Q: physical_name='a.fifo' with fifo=False": Queue("Q", physical_name="a.fifo"),
    "Q: physical_name='a' with fifo=True": Queue("Q", physical_name="a", fifo=True),
    "Q: its dead letter queue D has fifo=False": Queue("Q", dead_letter=Queue("D"), fifo=True),
    "S: shards=0 is out of range": Stream("S", shards=0),
    "S: retention_hours=23 is out of range": Stream("S", retention_hours=23),
}


@pytest.mark.parametrize(("text", "resource"), WRONG.items())
def test_what_aws_refuses(text: str, resource: Resource) -> None:
    (problem,) = source_problems([resource])
    assert problem.what.startswith(text)
    assert problem.where.startswith(__file__)
    assert problem.fix


def test_what_aws_takes() -> None:
    dead = Queue("D", fifo=True)
    good = [Queue("Q"), Queue("F", fifo=True, dead_letter=dead, physical_name="a.fifo")]
    assert list(source_problems([*good, dead, Stream("S"), Stream("T", shards=1)])) == []
