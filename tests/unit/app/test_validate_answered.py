"""What is wrong with triggers of logs, pools, skills, bots, devices, balancers: all, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta import events, triggers
from sparta.app.function import Function
from sparta.app.validate_delivery_stream import delivery_stream_problems
from sparta.app.validate_taken import taken_problems
from sparta.app.validate_triggers import trigger_problems
from sparta.aws import Bucket, DeliveryStream, Queue
from sparta.cfn import Resource

if TYPE_CHECKING:
    from sparta.errors import Problem
    from sparta.model.trigger import Trigger

make: Any = triggers
"""Type checkers refuse what is tried here."""
kept = Bucket("Kept")
clicks: Any = DeliveryStream("Clicks", bucket=kept)
users = Resource("Users", "AWS::Cognito::UserPool")
keyed = Resource("Keyed", "AWS::Cognito::UserPool", {"LambdaConfig": {"KMSKeyID": "k"}})
taken = Resource("Taken", "AWS::Cognito::UserPool", {"LambdaConfig": {"PreSignUp": "arn"}})
POOL = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a1B2c3D4e"
KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd"
ALIAS = "arn:aws-cn:lex:cn-north-1:123456789012:bot-alias/A1B2C3D4E5/TSTALIASID"
LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/front/50dc/f2f7"
SKILL = "amzn1.ask.skill.01234567-89ab-cdef-0123-456789abcdef"


def work() -> None: ...


def alb(**options: Any) -> Any:
    return make.alb(LISTENER, **{"priority": 1, "paths": ["/*"], **options})


RIGHT = [
    make.logs("/company/all", pattern="", name="to-watch", transformed=True),
    make.logs(Function(work)),
    make.logs(Resource("Audit", "AWS::Logs::LogGroup")),
    make.logs(kept.name),
    make.cognito(users, events.PreTokenGeneration, version="V3_0"),
    make.cognito(POOL, events.CustomEmailSender),
    make.cognito(keyed, events.CustomSmsSender),
    make.cognito(users, events.CustomSmsSender, kms_key=KEY),
    make.alexa(SKILL),
    make.lex(ALIAS),
    make.lex(Resource("Alias", "AWS::Lex::BotAlias")),
    make.iot("select *\nfrom 'a/+/b'", name="a_1", version="beta", enabled=False),
    alb(methods=["GET"], hosts=["*.example.com"], headers={"x-a": ["b", "c d"]}),
    make.alb(
        Resource("Http", "AWS::ElasticLoadBalancingV2::Listener"), priority=50_000, paths=["/a"]
    ),
    clicks.records(buffer_mb=0.2, buffer_s=0, retries=300),
    make.principal("s3.amazonaws.com", source_arn=kept.arn),
    make.principal("lambda.alexa.amazonaws.com", token="x"),
    make.principal("123456789012"),
    make.principal("arn:aws:iam::123456789012:role/caller"),
    make.principal("*", organization="o-a1b2c3d4e5"),
]
WRONG = [
    (make.logs(3), "3 is no log group"),
    (make.logs(kept), "<AWS::S3::Bucket Kept> is no log group"),
    (make.logs("arn:aws:logs:eu-west-1:123456789012:log-group:a:*"), "is no log group"),
    (make.logs("a", name="a:b"), "name='a:b' is not allowed"),
    (make.logs("a", pattern="x" * 1_025), "is not allowed"),
    (make.logs("a", transformed=1), "transformed=1 is neither True nor False"),
    (make.logs("a", patern="x"), "has no option patern="),
    (make.cognito("eu-west-1_a1B2c3D4e", events.PreSignUp), "is no ARN of a AWS::Cognito"),
    (make.cognito(kept, events.PreSignUp), "Kept is a AWS::S3::Bucket"),
    (make.cognito(users, events.Sqs), "is no kind of a user pool's events"),
    (make.cognito(users, "PreSignUp"), "'PreSignUp' is no kind"),
    (make.cognito(taken, events.PreSignUp), "the pool's LambdaConfig sets PreSignUp itself"),
    (make.cognito(users, events.PreSignUp, version="V2_0"), "PreSignUp has no version V2_0"),
    (make.cognito(users, events.PreTokenGeneration, version="2"), "version='2' is not known"),
    (make.cognito(users, events.CustomEmailSender), "CustomEmailSender without kms_key="),
    (make.cognito(users, events.CustomEmailSender, kms_key="k"), "kms_key='k' is not allowed"),
    (make.cognito(users, events.PreSignUp, kms_key=KEY), "kms_key= beside events.PreSignUp"),
    (make.alexa("amzn1.ask.skill.x"), "is no id of a skill"),
    (make.alexa(None), "None is no id of a skill"),
    (make.lex("A1B2C3D4E5"), "'A1B2C3D4E5' is no ARN of a AWS::Lex::BotAlias"),
    (make.iot("SELECT *"), "'SELECT *' is no SQL of a topic rule"),
    (make.iot('SELECT * FROM "a"'), "is no SQL of a topic rule"),
    (make.iot(f"SELECT {'a' * 5_000} FROM 'a'"), "the SQL has 5,"),
    (make.iot("SELECT * FROM 'a'", version="1"), "version='1' is not known"),
    (make.iot("SELECT * FROM 'a'", name="a-b"), "name='a-b' is not allowed"),
    (make.iot("SELECT * FROM 'a'", description=3), "description=3 is not allowed"),
    (make.alb(LISTENER.replace("/app/", "/net/"), priority=1, paths=["/"]), "is no ARN of a"),
    (alb(priority=0), "priority=0 is out of range"),
    (alb(priority=True), "priority=True is out of range"),
    (alb(paths=[]), "the rule has no conditions"),
    (alb(paths=["/a"] * 6), "the rule's conditions have 6 values"),
    (alb(paths="/a"), "paths='/a' is no list"),
    (alb(methods=["get"]), "methods: 'get' is not allowed"),
    (alb(headers=["a"]), "headers=['a'] has no names"),
    (alb(headers={"a b": ["c"]}), "'a b' is no name of a header"),
    (alb(headers={"a": "c"}), "headers['a']='c' is no list"),
    (alb(health_check="health"), "health_check='health' is not allowed"),
    (alb(multi_value_headers="no"), "is neither True nor False"),
    (clicks.records(buffer_mb=4), "buffer_mb=4 is out of range"),
    (clicks.records(retries=1.5), "retries=1.5 is out of range"),
    (clicks.records(batch_size=1), "has no option batch_size="),
    (make.principal("events.amazonaws.com"), "anybody's resources of events.amazonaws.com"),
    (make.principal("*"), "everybody could invoke the function"),
    (make.principal("events"), "'events' is no principal"),
    (make.principal("123456789012", source_arn="x"), "source_arn='x' is not allowed"),
    (make.principal("a.amazonaws.com", source_account=123), "source_account=123 is not allowed"),
]


def found(trigger: Trigger[Any]) -> list[Problem]:
    return list(trigger_problems(Function(work, on=trigger)))


@pytest.mark.parametrize("trigger", RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_passes(trigger: Trigger[Any]) -> None:
    assert found(trigger) == []


@pytest.mark.parametrize(("trigger", "what"), WRONG, ids=[what for _, what in WRONG])
def test_what_is_wrong_is_told_with_its_place(trigger: Trigger[Any], what: str) -> None:
    (problem,) = found(trigger)
    assert what in problem.what
    assert problem.where.startswith(f"{__file__}:")


def test_all_problems_of_a_trigger_are_told() -> None:
    told = found(make.alb("x", priority=0, path=["/"], health_check=3))
    assert len(told) == 5


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"bucket": Queue("Jobs")}, "is no bucket of the application"),
        ({"buffer_mb": 0}, "buffer_mb=0 is out of range"),
        ({"buffer_s": 901}, "buffer_s=901 is out of range"),
        ({"compression": "BZIP"}, "compression='BZIP' is not known"),
        ({"physical_name": "a b"}, "physical_name='a b' is not allowed"),
        ({"prefix": "x" * 1_025}, "prefix= is no text, or too long"),
        ({"dynamic_partitioning": 1}, "is neither True nor False"),
        (
            {"dynamic_partitioning": True, "prefix": "!{partitionKeyFromLambda:a}"},
            "dynamic_partitioning=True beside buffer_mb=5",
        ),
        ({"dynamic_partitioning": True, "buffer_mb": 64}, "the prefix names no partition key"),
    ],
)
def test_a_delivery_stream_is_checked(options: dict[str, Any], what: str) -> None:
    wanted: Any = {"bucket": kept, **options}
    (problem,) = delivery_stream_problems([DeliveryStream("Clicks", **wanted)])
    assert what in problem.what
    assert problem.where.startswith(f"{__file__}:")


def test_what_takes_one_function_is_not_given_to_two() -> None:
    def other() -> None: ...

    first = (clicks.records(), alb(), make.cognito(users, events.PreSignUp))
    second = (clicks.records(), alb(), make.cognito(users, events.PreSignUp))
    told = list(taken_problems([Function(work, on=first), Function(other, on=second)]))
    assert [problem.what.partition(",")[0] for problem in told] == [
        "the records of Clicks are transformed already",
        "priority 1 of the listener is taken already",
        "the user pool Users has a function for PreSignUp already",
    ]
    free = (alb(priority=2), make.cognito(users, events.PostConfirmation))
    assert list(taken_problems([Function(work, on=first), Function(other, on=free)])) == []
