"""The physical name of a function: `<stack>_<sanitised name>`, as long as Lambda allows."""

from __future__ import annotations

import hashlib

from sparta.app.names import sanitised
from sparta.errors import TemplateError
from sparta.iam.builder import arn
from sparta.model.token import Token

MAX_FUNCTION_NAME = 64
"""Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html"""

_DIGEST_LENGTH = 8
_SHORTEST = 12


def function_name(service: str, name: str) -> str:
    """Return the physical name, with a token for the stack; one too long ends in a hash instead.

    Args:
        service: The stack's name; it counts towards the limit.
        name: The function's name as its author gave it.

    Raises:
        TemplateError: The stack's name leaves no room for any function's name.
    """
    return f"{Token('AWS::StackName')}_{_own_part(service, sanitised(name))}"


def log_group_name(service: str, name: str) -> str:
    """Return the name of the function's log group, with a token for the stack."""
    return f"/aws/lambda/{function_name(service, name)}"


def function_arn(service: str, name: str) -> str:
    """Return the function's ARN, made of names: nothing that holds it waits for the function."""
    return arn("lambda", f"function:{function_name(service, name)}")


def _own_part(service: str, clean: str) -> str:
    room = MAX_FUNCTION_NAME - len(service) - 1
    if len(clean) <= room:
        return clean
    if room < _SHORTEST:
        raise TemplateError(
            f"the service name {service!r} leaves {max(room, 0)} of the {MAX_FUNCTION_NAME} "
            f"characters of a function's name, too few for {clean!r}",
            fix=f"use a service name of at most {MAX_FUNCTION_NAME - 1 - _SHORTEST} characters",
        )
    digest = hashlib.sha1(clean.encode(), usedforsecurity=False).hexdigest()[:_DIGEST_LENGTH]
    return f"{clean[: room - _DIGEST_LENGTH - 1]}_{digest}"
