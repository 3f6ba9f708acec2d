from __future__ import annotations

from typing import Any

import pytest

from sparta.app.adopted import adopt
from sparta.aws import Queue
from sparta.template.resource import resource_body


class Foreign:
    """An object of another tool."""

    def __init__(self, title: Any, body: Any) -> None:
        self.title = title
        self.body = body

    def __repr__(self) -> str:
        return f"<foreign {self.title}>"

    def to_dict(self) -> Any:
        return self.body


def test_it_becomes_a_resource_with_all_it_has() -> None:
    body = {
        "Type": "AWS::SNS::Topic",
        "Properties": {"DisplayName": {"Ref": "AWS::StackName"}},
        "DependsOn": "Jobs",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Metadata": {"a": 1},
    }
    jobs = Queue("Jobs")
    (own, found), problems = adopt([jobs, Foreign("News", body)], "app.py:9")
    assert own is jobs
    assert (found.logical_id, found.declared_at, problems) == ("News", "app.py:9", [])
    assert resource_body(found, {}) == {**body, "DependsOn": ["Jobs"]}


@pytest.mark.parametrize(
    ("title", "body", "what"),
    [
        (None, {"Type": "AWS::SNS::Topic"}, "has no title to be its logical id"),
        ("News", {"Properties": {}}, "not a resource with a Type"),
        ("News", [], "not a resource with a Type"),
        ("News", {"Type": "A::B::C", "Propertys": {}}, "'Propertys', which no resource has"),
        ("News", {"Type": "A::B::C", "Properties": []}, "Properties of News is []"),
        ("News", {"Type": "A::B::C", "Condition": "X"}, "use sparta.cfn.Condition"),
    ],
)
def test_what_cannot_be_one_is_refused(title: Any, body: Any, what: str) -> None:
    found, (problem,) = adopt([Foreign(title, body)], "app.py:9")
    assert found == ()
    assert what in problem.what
    assert problem.where == "app.py:9"


def test_all_problems_are_said_at_once() -> None:
    broken: Any = Foreign("News", {})
    broken.to_dict = lambda: 1 / 0
    values: Any = ["Jobs", broken, 3]
    _, problems = adopt(values, "app.py:9")
    assert [problem.what for problem in problems] == [
        "resources: 'Jobs' is not a resource",
        "resources: to_dict() of <foreign News> failed: division by zero",
        "resources: 3 is not a resource",
    ]
