"""The stack's outputs: the API's URL, each function's name, each declared resource's Ref."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sparta.cfn.output import Output
from sparta.template.http_api import api_id
from sparta.template.intrinsics import get_att, ref
from sparta.template.logical_id import alphanumeric, function_id, logical_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.application import Application
    from sparta.cfn.condition import Condition
    from sparta.template.template import Body


def outputs_of(application: Application) -> dict[str, Body]:
    """Return the outputs by name; where several want one name, each gets a hash of its own.

    What the author named goes before what Sparta would name alike.
    """
    found = list(_outputs(application))
    wanted = Counter(name for name, _, _ in found)
    own = {name: _own(output) for name, output in application.outputs.items()}
    made = {
        name if wanted[name] == 1 else logical_id(name, identity): body
        for name, identity, body in found
    }
    return {**made, **own}


def _outputs(application: Application) -> Iterator[tuple[str, str, Body]]:
    """Yield the name each output would like, what it is about, and the output."""
    api = application.api
    if api is not None:
        about = f"URL of the HTTP API {api.name}"
        value = get_att(api_id(api), "ApiEndpoint")
        yield f"{alphanumeric(api.name)}Url", api_id(api), {"Description": about, "Value": value}
    for function in application.functions:
        target = function_id(function.name)
        about = f"Name of the function {function.name}"
        name = f"{alphanumeric(function.name)}Function"
        yield name, target, {"Description": about, "Value": ref(target)}
    for resource in application.resources:
        target = resource.logical_id
        body = {"Description": resource.type, "Value": ref(target)}
        yield target, target, _conditional(body, resource.condition)


def _conditional(body: Body, condition: Condition | None) -> Body:
    return body if condition is None else {**body, "Condition": condition.token}


def _own(output: Output | str) -> Body:
    """Return an output that the author declared."""
    if not isinstance(output, Output):
        return {"Value": output}
    body: Body = {"Value": output.value, "Description": output.description}
    if output.export:
        body["Export"] = {"Name": output.export}
    return _conditional({key: value for key, value in body.items() if value}, output.condition)
