"""Statements said in order, and ARNs that `/` extends: as tokens, and as real text in Lambda."""

from __future__ import annotations

import copy
import pickle

import pytest

from sparta import iam
from sparta.app.function import Function
from sparta.aws import Bucket, Table, Topic
from sparta.errors import TokenError
from sparta.model.arn import Arn, ArnToken
from sparta.model.token import markers
from sparta.testing import discovery

uploads = Bucket("Uploads")


def test_an_arn_expression_carries_its_token_on() -> None:
    images = uploads.arn / "images" / "*"
    assert str(images).endswith("/images/*")
    assert markers(images) == [("Uploads", "Arn")]
    assert markers(Topic("News").arn / "x") == [("News", "Ref")]
    assert (uploads.arn / uploads.name).count("/") == 1


def test_an_arn_is_still_a_token() -> None:
    with pytest.raises(TokenError, match=r"Uploads[.]Arn is known only after deployment"):
        uploads.arn.split(":")
    for again in (copy.copy(uploads.arn), pickle.loads(pickle.dumps(uploads.arn))):
        assert isinstance(again, ArnToken)
        assert again == uploads.arn


def test_an_arn_extends_real_text_too() -> None:
    arn = "arn:aws:s3:::real"
    with discovery(Uploads={"Ref": "real", "Arn": arn}):
        images = uploads.arn / "images/*"
    assert images == f"{arn}/images/*"
    assert type(images) is Arn


def test_only_text_extends_an_arn_and_names_are_no_arns() -> None:
    with pytest.raises(TypeError):
        uploads.arn / 5  # type: ignore[operator]
    with pytest.raises(TypeError):
        uploads.name / "x"  # type: ignore[operator]


def test_a_statement_says_what_was_said() -> None:
    statement = iam.allow("s3:GetObject", "s3:PutObject").on(uploads.arn / "a", "arn:aws:s3:::b/*")
    assert statement.actions == ("s3:GetObject", "s3:PutObject")
    assert statement.resources[1] == "arn:aws:s3:::b/*"
    assert (statement.effect, statement.conditions) == ("Allow", None)
    assert iam.deny("s3:GetObject").on("*").effect == "Deny"
    assert statement.declared_at.rpartition(":")[0] == __file__


def test_conditions_add_up_and_leave_the_first_statement_as_it_was() -> None:
    first = iam.allow("s3:GetObject").on(uploads.arn).when(StringEquals={"aws:SourceVpc": "vpc-1"})
    second = first.when({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-1/*"]}}).when(
        StringEquals={"aws:PrincipalTag/team": "blue"}, Bool={"aws:SecureTransport": True}
    )
    assert first.conditions == {"StringEquals": {"aws:SourceVpc": "vpc-1"}}
    assert second.conditions == {
        "StringEquals": {"aws:SourceVpc": "vpc-1", "aws:PrincipalTag/team": "blue"},
        "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-1/*"]},
        "Bool": {"aws:SecureTransport": True},
    }
    assert second.declared_at == first.declared_at


def test_a_statement_on_a_declared_arn_links_its_resource() -> None:
    orders = Table("Orders", key="id")
    statement = iam.allow("s3:GetObject").on(uploads.arn / "images/*", orders.arn).when(Bool={})
    assert statement.linked == (uploads, orders)
    assert Function(lambda: None, uses=[statement]).used_resources == ("Uploads", "Orders")
    assert iam.allow("s3:GetObject").on("arn:aws:s3:::b/*").linked == ()


def test_an_arn_of_what_is_not_declared_holds_in_every_partition() -> None:
    arn = iam.arn("sqs", "jobs")
    places = [("AWS::Partition", "Ref"), ("AWS::Region", "Ref"), ("AWS::AccountId", "Ref")]
    assert markers(arn) == places
    assert markers(iam.arn("s3", "b", region="", account="") / "x") == places[:1]
