"""The environment variables of a function that is imported before it is deployed.

Those of Lambda and its own; no credentials. What exists only after deployment (names, ARNs) is made
up, in the shape of the real thing.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

import orjson

from sparta.env import AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, SPARTA_DISCOVERY_INFO
from sparta.iam.statement import Grant
from sparta.model.expression import HIDDEN, PARAMETER
from sparta.model.reference import REF
from sparta.model.token import MARKER_END, MARKER_START

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.app.function import Function

REGION = "us-east-1"
ACCOUNT = "123456789012"
_MARKER = re.compile(f"{MARKER_START}([^{MARKER_END}]*?)\\.([^{MARKER_END}]*){MARKER_END}")


def variables(
    application: Application, functions: Sequence[Function[Any, Any]], task_root: Path
) -> dict[str, str]:
    """Return the whole environment of a process that imports one function, or several alike.

    Args:
        application: The application.
        functions: Functions of one module with the same variables of their own. Only of resources
            that all of them use is anything known: of others a function would see tokens.
        task_root: What stands for `/var/task`.
    """
    function = functions[0]
    pseudo = {
        "AWS::StackName": application.name,
        "AWS::Region": REGION,
        "AWS::AccountId": ACCOUNT,
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
    }

    def known(text: str) -> str:
        return _MARKER.sub(lambda found: pseudo.get(found[1]) or stand_in(*found.groups()), text)

    own = {name: known(str(value)) for name, value in function.environment.items()}
    name = f"{application.name}_{function.entry_name}"
    return {
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        **own,
        # An application that asks AWS while it is imported is told at once that it cannot.
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{application.python}",
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]0",
        AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9",
        LAMBDA_TASK_ROOT: str(task_root),
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
        "_HANDLER": f"index.{function.entry_name}",
        SPARTA_DISCOVERY_INFO: _discovery(application, functions),
    }


def stand_in(what: str, text: str) -> str:
    """Return a value for a token: a parameter's default, or one that is made up."""
    if what != PARAMETER:
        return made_up(what.rpartition("::")[2], text)
    for character, hidden in HIDDEN:
        text = text.replace(hidden, character)
    name, body, _ = ast.literal_eval(text)
    return str(body.get("Default", made_up(name, REF)))


def made_up(logical_id: str, attribute: str) -> str:
    """Return a value in the shape of a resource's attribute that is not known yet."""
    name = f"sparta-check-{logical_id.lower()}"
    if attribute.endswith("Arn"):
        return f"arn:aws:check:{REGION}:{ACCOUNT}:{name}"
    if attribute.endswith(("Url", "URL", "Endpoint")):
        return f"https://{name}.invalid"
    return name


def _discovery(application: Application, functions: Sequence[Function[Any, Any]]) -> str:
    resources = {}
    common = set(functions[0].used_resources).intersection(
        *(one.used_resources for one in functions)
    )
    for use in functions[0].uses:
        if isinstance(use, Grant) and use.resource.logical_id in common:
            attributes = getattr(use.resource, "discovery_attributes", (REF,))
            logical_id = use.resource.logical_id
            resources[logical_id] = {name: made_up(logical_id, name) for name in attributes}
    stack_id = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{application.name}/check"
    document = {
        "Region": REGION,
        "StackId": stack_id,
        "StackName": application.name,
        "Resources": resources,
    }
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()
