"""AWS, as one identity in one region: the only module that imports boto3.

The same code talks to AWS and to the local one: only the endpoint and the credentials differ. S3 is
always addressed path-style, which works with dots in a bucket's name and without a DNS server.
"""

from __future__ import annotations

import base64
import os
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sparta.deploy.identity import Identity
from sparta.deploy.invocation import Answer
from sparta.errors import DeployError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_ecr import ECRClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sts import STSClient

    from sparta.deploy.buckets import Buckets
    from sparta.deploy.repositories import Repositories
    from sparta.deploy.stacks import Stacks

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_INVOCATION_S = 900
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
_UNKNOWN = "AWS does not know these credentials: check --profile, AWS_PROFILE and the keys"
_FIXES = {
    "ExpiredToken": "The credentials have expired: log in again",
    "AccessDenied": "Give the identity you deploy with this permission, or choose another profile",
    "403": "The identity you deploy with lacks the permission, or the name is somebody else's",
    "InvalidClientTokenId": _UNKNOWN,
    "UnrecognizedClient": _UNKNOWN,
    "InvalidAccessKeyId": _UNKNOWN,
}


class LocalEndpoint(Protocol):
    """What has to be known of an AWS that is not Amazon's."""

    @property
    def url(self) -> str: ...  # noqa: D102
    @property
    def region(self) -> str: ...  # noqa: D102
    @property
    def access_key_id(self) -> str: ...  # noqa: D102
    @property
    def secret_access_key(self) -> str: ...  # noqa: D102


class Aws:
    """AWS, as one identity in one region.

    Args:
        session: Where credentials and region come from.
        endpoint_url: Where every request goes instead of to Amazon's endpoints.
    """

    def __init__(self, session: boto3.Session, endpoint_url: str | None = None) -> None:
        self._session = session
        self.endpoint_url = endpoint_url

    @classmethod
    def connect(
        cls,
        endpoint: LocalEndpoint | None = None,
        region: str | None = None,
        profile: str | None = None,
    ) -> Aws:
        """Return the AWS at `endpoint`, or the one that the user's environment gives.

        Args:
            endpoint: The local AWS; credentials and region are then its own.
            region: Such as `eu-west-1`; otherwise AWS_REGION's, or the profile's.
            profile: The name of a profile in the user's AWS configuration.

        Raises:
            DeployError: There are no credentials, or there is no region; both are told at once.
        """
        if endpoint is not None:
            local = boto3.Session(
                endpoint.access_key_id, endpoint.secret_access_key, region_name=endpoint.region
            )
            return cls(local, endpoint.url)
        with asking("accept the configuration"):
            chosen = region or os.environ.get("AWS_REGION") or None
            session = boto3.Session(region_name=chosen, profile_name=profile)
            problems = _missing(session)
        if problems:
            raise DeployError.of(problems)
        return cls(session)

    @property
    def region(self) -> str:
        """The region that every request goes to."""
        return self._session.region_name

    @cached_property
    def cloudformation(self) -> CloudFormationClient:
        """CloudFormation's client."""
        return self._session.client(
            "cloudformation", endpoint_url=self.endpoint_url, config=_config()
        )

    @cached_property
    def stacks(self) -> Stacks:
        """CloudFormation."""
        from sparta.deploy.stacks import Stacks  # it needs this module's `asking`

        return Stacks(self.cloudformation)

    @cached_property
    def s3(self) -> S3Client:
        """S3's client, path-style."""
        config = _config(s3={"addressing_style": "path"})
        return self._session.client("s3", endpoint_url=self.endpoint_url, config=config)

    @cached_property
    def buckets(self) -> Buckets:
        """S3."""
        from sparta.deploy.buckets import Buckets  # as above

        return Buckets(self.s3)

    @cached_property
    def ecr(self) -> ECRClient:
        """ECR's client."""
        return self._session.client("ecr", endpoint_url=self.endpoint_url, config=_config())

    @cached_property
    def repositories(self) -> Repositories:
        """ECR."""
        from sparta.deploy.repositories import Repositories  # as above

        if self.endpoint_url is None:
            return Repositories(self.ecr)
        credentials = self._session.get_credentials()
        key = credentials.access_key if credentials else ""
        return Repositories(self.ecr, self.endpoint_url.partition("://")[2], key or "")

    @cached_property
    def iam(self) -> IAMClient:
        """IAM's client."""
        return self._session.client("iam", endpoint_url=self.endpoint_url, config=_config())

    @cached_property
    def sts(self) -> STSClient:
        """STS's client."""
        return self._session.client("sts", endpoint_url=self.endpoint_url, config=_config())

    @cached_property
    def functions(self) -> LambdaClient:
        """Lambda's client: it waits for the longest function and never invokes twice."""
        config = _config(
            read_timeout=LONGEST_INVOCATION_S + 10,
            retries={"total_max_attempts": 1, "mode": "standard"},
        )
        return self._session.client("lambda", endpoint_url=self.endpoint_url, config=config)

    def identity(self) -> Identity:
        """Return who asks, and of which AWS."""
        with asking("say whose credentials these are"):
            answer = self.sts.get_caller_identity()
        return Identity(answer["Account"], answer["Arn"], self.region, self.endpoint_url)

    def role_arn(self, name: str) -> str | None:
        """Return the ARN of the role of that name; None where IAM knows none."""
        with asking(f"look up the role {name}"):
            answer = unless("NoSuchEntity", self.iam.get_role, RoleName=name)
        return answer["Role"]["Arn"] if answer else None

    def object_url(self, bucket: str, key: str) -> str:
        """Return the path-style URL of an object."""
        suffix = "amazonaws.com.cn" if self.region.startswith("cn-") else "amazonaws.com"
        host = self.endpoint_url or f"https://s3.{self.region}.{suffix}"
        return f"{host}/{bucket}/{key}"

    def invoke(self, function_name: str, event: bytes) -> Answer:
        """Invoke a function and wait for its answer.

        Args:
            function_name: Its name or ARN.
            event: JSON.
        """
        with asking(f"invoke {function_name}"):
            answer = self.functions.invoke(
                FunctionName=function_name, Payload=event, LogType="Tail"
            )
            payload = answer["Payload"].read()
        log = base64.b64decode(answer.get("LogResult", ""))
        return Answer(payload, log.decode(errors="replace"), answer.get("FunctionError", ""))


@contextmanager
def asking(what: str) -> Iterator[None]:
    """Turn a refusal of the request within into a DeployError.

    Args:
        what: What is being asked, as in "AWS refused to <what>".

    Raises:
        DeployError: AWS refused, or could not be reached.
    """
    try:
        yield
    except ClientError as error:
        code, message = _said(error)
        fix = next((fix for start, fix in _FIXES.items() if code.startswith(start)), "")
        raise DeployError(f"AWS refused to {what}: {code}: {message}", fix=fix) from error
    except (BotoCoreError, Boto3Error) as error:
        raise DeployError(f"AWS could not be asked to {what}: {error}") from error


def unless(refusal: str, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Return what `call` returns, or None if AWS refuses it with a code or text of `refusal`.

    Args:
        refusal: AWS's code in full, or a phrase of its text where AWS has no code of its own.
        call: The client's method.
        args: The method's arguments.
        kwargs: As above.
    """
    try:
        return call(*args, **kwargs)
    except ClientError as error:
        code, message = _said(error)
        if refusal == code or (" " in refusal and refusal in message):
            return None
        raise


def _said(error: ClientError) -> tuple[str, str]:
    said = error.response.get("Error", {})
    return str(said.get("Code", "")), str(said.get("Message", ""))


def _config(**more: Any) -> Config:  # noqa: ANN401 - botocore's own keywords
    settings: dict[str, Any] = {
        "retries": {"total_max_attempts": 5, "mode": "standard"},
        "user_agent_extra": "sparta",
        **more,
    }
    return Config(**settings)


def _missing(session: boto3.Session) -> list[Problem]:
    problems: list[Problem] = []
    if session.get_credentials() is None:
        fix = "Log in to AWS (AWS_PROFILE, --profile or the usual variables), or add --local"
        problems.append(Problem("There are no AWS credentials", fix=fix))
    if not session.region_name:
        fix = "Give --region, set AWS_REGION, or add --local"
        problems.append(Problem("No AWS region is chosen", fix=fix))
    return problems
