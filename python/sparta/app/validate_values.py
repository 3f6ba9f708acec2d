"""Checks what functions fetch, secrets and parameters: what Secrets Manager and SSM would refuse.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sparta.app.text_forms import has_form
from sparta.aws.parameter import ExistingParameter, Parameter
from sparta.aws.secret import ExistingSecret, Secret
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Complaints = Iterator[tuple[str, str]]

_MAX_CHARACTERS = 4096
_SECRET = r"arn:aws[\w-]*:secretsmanager:.+|[A-Za-z0-9/_+=.@-]{1,512}"  # noqa: S105 - a form
_PARAMETER = r"arn:aws[\w-]*:ssm:[\w-]+:\d{12}:parameter/.+|/?[A-Za-z0-9_./-]{1,1011}"
_RESERVED = ("aws", "ssm")


def value_problems(values: Iterable[object], service: str) -> Iterator[Problem]:
    """Yield everything that is wrong with secrets and parameters.

    Args:
        values: Resources, and what functions use.
        service: The application's name, which is the stack's.
    """
    for value in dict.fromkeys(values):
        if isinstance(value, Secret):
            found = _secret(value)
        elif isinstance(value, Parameter):
            found = _parameter(value, service)
        elif isinstance(value, ExistingSecret) and not has_form(value.logical_id, _SECRET):
            found = iter([("the name", "give its name, or its whole ARN")])
        elif isinstance(value, ExistingParameter) and not has_form(value.logical_id, _PARAMETER):
            found = iter([("the name", "use letters, digits and _ . - /, or its whole ARN")])
        else:
            continue
        kind = "secret" if isinstance(value, Secret | ExistingSecret) else "parameter"
        for what, fix in found:
            told = f"{what} of the {kind} {value.logical_id!r} is not allowed"
            yield Problem(told, where=value.declared_at, fix=fix)


def _secret(secret: Secret[object]) -> Complaints:
    count: object = secret.characters
    if type(count) is not int or count not in range(1, _MAX_CHARACTERS + 1):
        yield f"characters={count!r}", f"use a whole number from 1 to {_MAX_CHARACTERS}"
    template: object = secret.template
    if template is not None and not isinstance(template, Mapping):
        yield f"template={template!r}", 'give a dict, such as {"username": "orders"}'


def _parameter(parameter: Parameter[object], service: str) -> Complaints:
    name = parameter.physical_name
    if name is not None and not has_form(name, _PARAMETER):
        yield f"physical_name={name!r}", "use letters, digits and _ . - /"
    first = str(name or service)
    if not has_marker(first) and first.lstrip("/").lower().startswith(_RESERVED):
        fix = "SSM keeps names that begin with aws or ssm: give another physical_name="
        yield f"the name {first!r}", fix
    try:
        text: object = parameter.properties.get("Value", "")
    except TypeError as error:
        yield f"the value ({error})", "give text, numbers, lists, dicts; of= says what they become"
        return
    if not text:
        yield "an empty value", "SSM takes no empty text"
