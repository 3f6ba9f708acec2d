"""One Lambda function and its log group.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.door import door_of, handler_setting
from sparta.app.settings import settings_of
from sparta.app.targets import architecture_of, code_key, code_keys, python_of
from sparta.aws.site import Site
from sparta.env import (
    AWS_LAMBDA_EXEC_WRAPPER,
    EXEC_WRAPPER_PATH,
    SPARTA_RUST_FUNCTION,
)
from sparta.runtime.rust_handler import RustHandler
from sparta.template.discovery import discovery_form
from sparta.template.function_name import function_name, log_group_name
from sparta.template.function_settings import own_log_group, setting_properties
from sparta.template.intrinsics import ref
from sparta.template.logical_id import function_id, part_id
from sparta.template.role import role_arn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.template.template import Body

CODE_BUCKET = "CodeBucket"
IMAGE_URI = "ImageUri"
_CODE_BUCKET = {"Type": "String", "Description": "Bucket that holds the archive with the code"}
_CODE_KEY = {"Type": "String", "Description": "Key of the archive, derived from its content"}
_SITE_KEY = {"Type": "String", "Description": "Key of a site's archive, made of its content"}
_IMAGE_URI = {"Type": "String", "Description": "The image with the code, tagged by its content"}


def code_parameters(application: Application) -> dict[str, Body]:
    """Return the parameters that say where the code is; none where there are no functions."""
    if not application.functions:
        return {}
    if application.image:
        return {IMAGE_URI: _IMAGE_URI}
    sites = (site for site in application.resources if isinstance(site, Site))
    return {
        CODE_BUCKET: _CODE_BUCKET,
        **dict.fromkeys(code_keys(application), _CODE_KEY),
        **{site.key_parameter: _SITE_KEY for site in sites},
    }


def function_resources(
    application: Application, function: Function[Any, Any], layers: Sequence[str] = ()
) -> dict[str, Body]:
    """Return the function and its log group, if that is its own, by logical id.

    Args:
        application: The application.
        function: One of its functions.
        layers: The logical ids of the layers that it takes, besides those of its options.
    """
    properties = _properties(application, function)
    if layers:
        properties["Layers"] = [*map(ref, layers), *properties.get("Layers", ())]
    body: Body = {"Type": "AWS::Lambda::Function", "Properties": properties}
    if own_log_group(function) is not None:
        return {function_id(function.name): body}
    log_group = part_id("LogGroup", function.name)
    # The role cannot create a log group: it has to be there before the first line.
    body["DependsOn"] = [log_group]
    days = settings_of(function).log_retention_days
    return {
        log_group: _log_group(log_group_name(application.name, function.name), days),
        function_id(function.name): body,
    }


def _properties(application: Application, function: Function[Any, Any]) -> Body:
    return {
        **_code(application, function),
        **setting_properties(function),
        "Architectures": [architecture_of(application, function)],
        "Description": function.description or f"{application.name}: {function.name}"[:256],
        "Environment": {"Variables": _environment(application, function)},
        "FunctionName": function_name(application.name, function.name),
        "MemorySize": function.memory_mb,
        "Role": role_arn(application.name, function),
        "Timeout": function.timeout_s,
    }


def _code(application: Application, function: Function[Any, Any]) -> Body:
    handler = handler_setting(application, function)
    if application.image:
        return {
            "PackageType": "Image",
            "Code": {"ImageUri": ref(IMAGE_URI)},
            # AWS's base images take the handler as their command.
            "ImageConfig": {"Command": [handler]},
        }
    return {
        "Code": {"S3Bucket": ref(CODE_BUCKET), "S3Key": ref(code_key(application, function))},
        "Handler": handler,
        "Runtime": f"python{python_of(application, function)}",
    }


def _environment(application: Application, function: Function[Any, Any]) -> dict[str, str]:
    told = discovery_form(function, application.name).variables
    variables = {**function.environment, **told}
    if isinstance(function.handler, RustHandler):
        variables[SPARTA_RUST_FUNCTION] = function.handler.__name__
    if door_of(application, function) == "bootstrap":
        variables[AWS_LAMBDA_EXEC_WRAPPER] = EXEC_WRAPPER_PATH
    return variables


def _log_group(name: str, retention_days: int) -> Body:
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
        "Properties": {"LogGroupName": name, "RetentionInDays": retention_days},
    }
