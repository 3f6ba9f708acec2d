"""`Parameter`: a value in SSM's Parameter Store that functions fetch when they need it.

https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.iam.statement import Grant, Statement
from sparta.model.arn import Arn
from sparta.model.caller import declared_at
from sparta.model.generic import ValueT, overload
from sparta.model.token import Token
from sparta.runtime import discovery
from sparta.runtime.fetched import Fetched

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal, TypedDict, TypeVar, Unpack

    OtherT = TypeVar("OtherT")
    Kind = type[ValueT]  # `type` itself is an attribute of resources

    ParameterAction = Literal[
        "GetParameter", "GetParameterHistory", "GetParameters", "PutParameter"
    ]

    class ParameterOptions(TypedDict, total=False):
        """What can be said of a new parameter."""

        description: str
        max_age_s: float
        physical_name: str


class FetchedParameter(Fetched[ValueT]):
    """What a parameter of the stack and an existing one share."""

    def _text_of(self, name: str) -> str | bytes:
        from sparta.runtime.aws_request import ask_aws

        request = {"Name": name, "WithDecryption": True}
        found = ask_aws("ssm", "AmazonSSM.GetParameter", request)["Parameter"]
        text: str = found["Value"]
        if found.get("Type") == "StringList" and self.of is not str:
            from sparta.runtime.codec import json_of_value

            return json_of_value(text.split(","))
        return text


class Parameter(GrantingResource, FetchedParameter[ValueT]):
    """A parameter of the stack. It is plain text: secrets belong into a Secret.

    Args:
        logical_id: Its name within the template.
        value: What it holds from the first deployment on: text, which may hold tokens, or what
            JSON can say. A function gets it back with its type.
        description: What AWS's console shows.
        max_age_s: How long functions keep a fetched value, in seconds.
        physical_name: The parameter's own name, such as `/orders/limit`; that of the stack and its
            logical id where none is given.
    """

    type = "AWS::SSM::Parameter"
    service: ClassVar[str] = "ssm"
    actions_on_itself: ClassVar[str] = "GetParameter GetParameterHistory GetParameters PutParameter"

    @overload
    def __init__(
        self, logical_id: str, value: ValueT, /, **options: Unpack[ParameterOptions]
    ) -> None: ...
    @overload
    def __init__(
        self,
        logical_id: str,
        value: object,
        of: Kind[ValueT],
        /,
        **options: Unpack[ParameterOptions],
    ) -> None: ...
    def __init__(
        self,
        logical_id: str,
        value: object,
        of: Any = None,
        /,
        *,
        description: str = "",
        max_age_s: float = 300,
        physical_name: str | None = None,
    ) -> None:
        super().__init__(logical_id, _depth=3)
        self.value = value
        self.of = of or (str if isinstance(value, str) else value.__class__)
        self.description = description
        self.max_age_s = max_age_s
        self.physical_name = physical_name

    @overload
    @classmethod
    def existing(
        cls, name: str, /, *, kms_key: str = "", max_age_s: float = 300
    ) -> ExistingParameter[str]: ...
    @overload
    @classmethod
    def existing(
        cls, name: str, of: Kind[OtherT], /, *, kms_key: str = "", max_age_s: float = 300
    ) -> ExistingParameter[OtherT]: ...
    @classmethod
    def existing(
        cls, name: str, of: Any = str, /, *, kms_key: str = "", max_age_s: float = 300
    ) -> ExistingParameter[Any]:
        """Return a parameter that is there already, a SecureString too.

        Args:
            name: Its name, such as `/orders/key`.
            of: The type of its value.
            kms_key: ARN of the KMS key that encrypts it, where that is not AWS's own.
            max_age_s: How long functions keep a fetched value, in seconds.
        """
        return ExistingParameter(name, of, kms_key, max_age_s, declared_at())

    @property
    def name(self) -> str:
        """The parameter's name; a token before deployment."""
        return self.ref

    @property
    def arn(self) -> Arn:
        """The ARN, before deployment; functions are told the name alone."""
        arn = Arn(parameter_arn(self.properties["Name"]))
        arn.of = self
        return arn

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        text = self.value
        if not isinstance(text, str):
            from sparta.runtime.codec import json_of_value

            text = json_of_value(text)
        found = {
            "Description": self.description,
            "Name": self.physical_name or f"/{Token('AWS::StackName')}/{self.logical_id}",
            "Type": "String",
            "Value": text,
        }
        return {name: value for name, value in found.items() if value}

    def grant(self, *actions: ParameterAction) -> Grant:
        """Return the right to `actions` on this parameter, for a function's `uses=`."""
        return self._grant(actions)

    def read(self) -> Grant:
        """Return the right to GetParameter."""
        return self._grant(("GetParameter",))

    def write(self) -> Grant:
        """Return the right to PutParameter."""
        return self._grant(("PutParameter",))

    def _name(self) -> str:
        return self.ref

    def _shown(self) -> str:
        return f"the parameter {self.logical_id}"


class ExistingParameter(FetchedParameter[ValueT]):
    """A parameter that is not the stack's; made by `Parameter.existing(...)`."""

    discovery_attributes: tuple[str, ...] = ()

    def __init__(
        self, name: str, of: type[ValueT], kms_key: str, max_age_s: float, declared_at: str
    ) -> None:
        self.logical_id = name
        self.of = of
        self.kms_key = kms_key
        self.max_age_s = max_age_s
        self.declared_at = declared_at

    def read(self) -> Grant:
        """Return the right to GetParameter, and to decrypt it where it has a key of its own."""
        return Grant(self, ("GetParameter",), declared_at())

    def statements_for(self, actions: tuple[str, ...]) -> tuple[Statement, ...]:
        """Return the statements for `actions`, on the parameter of that name."""
        names = [f"ssm:{action}" for action in actions]
        own = Statement(names, [parameter_arn(self.logical_id)])
        return (own, Statement(["kms:Decrypt"], [self.kms_key])) if self.kms_key else (own,)

    def _name(self) -> str:
        return self.logical_id

    def _shown(self) -> str:
        return f"the parameter {self.logical_id!r}"


def parameter_arn(name: str) -> str:
    """Return the ARN of a parameter; its name is a path, or gets a slash before it, or an ARN."""
    if name[:4] == "arn:":
        return name
    partition, region, account = (
        discovery.attribute(f"AWS::{part}") for part in ("Partition", "Region", "AccountId")
    )
    slash = "" if name.startswith("/") else "/"
    return f"arn:{partition}:ssm:{region}:{account}:parameter{slash}{name}"
