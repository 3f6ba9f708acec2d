"""Logical ids: the values that stacks of the original already have, and their shape."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sparta.app.names import sanitised
from sparta.template.logical_id import alphanumeric, function_id, logical_id, part_id, role_id


def test_golden_ids() -> None:
    assert (
        function_id("Hello world test")
        == "HelloworldtestLambdaa4a9e95c84255c65c284ce95dd7d3c45776c1a68"
    )
    assert (
        role_id("SpartaHelloWorld", "Hello world test")
        == "IAMRolebc3b888fab1664f42799785a6d9a3bb76ea63798"
    )
    assert logical_id("S3Site", "S3Site") == "S3Site89c05c24a06599753eb3ae4e8ef2f1c09f062803"
    assert (
        logical_id("SESMessageStoreBucket", "Special")
        == "SESMessageStoreBucketa622fdfda5789d596c08c79124f12b978b3da772"
    )


def test_a_prefix_that_is_not_alphanumeric_is_made_so() -> None:
    assert re.fullmatch(r"CustomxRule[0-9a-f]{40}", logical_id("Custom::Rule", "a"))


def test_alphanumeric_drops_the_rest() -> None:
    assert alphanumeric("Hello world_test-1") == "Helloworldtest1"


def test_parts_do_not_run_into_each_other() -> None:
    assert part_id("S3Rule", "a", "bX") != part_id("S3Rule", "ab", "X")


@given(st.text())
def test_names_are_sanitised_as_the_original_did(name: str) -> None:
    assert sanitised(name) == re.sub(r"\W+", "_", name, flags=re.ASCII)


@given(st.text(min_size=1), st.text())
def test_ids_are_what_cloudformation_takes(name: str, service: str) -> None:
    for found in (function_id(name), role_id(service, name), part_id("LogGroup", name)):
        assert found.isalnum()
        assert found.isascii()
