"""Reads the resources that a function declared from SSM, where its environment has no room."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


def resources_in_parameters(names: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """Return the attributes of resources by logical id.

    Args:
        names: The names of the parameters, each with JSON of some of the resources.

    Raises:
        DiscoveryError: SSM refuses, or lacks one of them.
    """
    from sparta.runtime.aws_request import AwsRefusal, ask_aws
    from sparta.runtime.codec import value_of_json

    found: dict[str, Mapping[str, str]] = {}
    for name in names:
        try:
            answer: dict[str, Any] = ask_aws("ssm", "AmazonSSM.GetParameter", {"Name": name})
        except AwsRefusal as refusal:
            raise _unread_error(f"SSM refuses {name}: {refusal}") from None
        found.update(value_of_json(answer["Parameter"]["Value"]))
    return found


def _unread_error(what: str) -> Exception:
    from sparta.errors import DiscoveryError

    return DiscoveryError(
        f"what the function declared is not known: {what}",
        fix="provision again; a role of your own needs ssm:GetParameter on the parameters that "
        "SPARTA_DISCOVERY_PARAMETERS names, and a VPC a way to SSM",
    )
