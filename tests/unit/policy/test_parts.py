"""A policy in parts: each short enough, together the same rights."""

from __future__ import annotations

from typing import Any

from sparta.policy.parts import LONGEST_MANAGED_POLICY, characters_of, parts_of


def rights(*documents: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (action, resource)
        for document in documents
        for statement in document["Statement"]
        for action in statement["Action"]
        for resource in statement["Resource"]
    }


def policy(*sizes: tuple[int, int]) -> dict[str, Any]:
    statements = [
        {
            "Effect": "Allow",
            "Action": [f"service{number}:Action{one}" for one in range(actions)],
            "Resource": [f"arn:aws:service{number}:::thing/{one}" for one in range(resources)],
        }
        for number, (actions, resources) in enumerate(sizes)
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def test_a_short_policy_stays_whole() -> None:
    document = policy((3, 2), (1, 1))
    assert parts_of(document) == [document]


def test_a_long_one_is_cut_between_statements() -> None:
    document = policy(*[(10, 10)] * 20)
    parts = parts_of(document)
    assert len(parts) > 1
    assert [one for part in parts for one in part["Statement"]] == document["Statement"]
    assert max(map(characters_of, parts)) <= LONGEST_MANAGED_POLICY


def test_a_statement_too_long_by_itself_is_cut_within() -> None:
    document = policy((2, 400), (400, 1))
    parts = parts_of(document)
    assert rights(*parts) == rights(document)
    assert max(map(characters_of, parts)) <= LONGEST_MANAGED_POLICY


def test_what_cannot_be_cut_stays_whole() -> None:
    document = policy((1, 1))
    assert parts_of(document, longest=10) == [document]
