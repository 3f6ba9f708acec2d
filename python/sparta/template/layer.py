"""One Lambda layer: dependencies under a name made of their content.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversion.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.limits import MAX_LAYERS
from sparta.app.settings import settings_of
from sparta.errors import Problem
from sparta.template.function import CODE_BUCKET
from sparta.template.function_name import function_name
from sparta.template.intrinsics import ref
from sparta.template.logical_id import alphanumeric, logical_id, part_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.template.template import Body


def key_parameter(name: str) -> str:
    """Return the parameter that takes the key of a layer's archive in the bucket."""
    return logical_id(f"LayerKey{alphanumeric(name)}", name)


def layer_id(name: str) -> str:
    """Return the logical id of a layer, by its name within the application."""
    return part_id("Layer", name)


def layer_parameters(names: Iterable[str]) -> dict[str, Body]:
    """Return the parameters of layers."""
    return {
        key_parameter(name): {
            "Type": "String",
            "Description": f"Key of the layer {name}, derived from its content",
        }
        for name in names
    }


def layer_body(application: Application, name: str) -> Body:
    """Return a layer; another key makes another version, and the old one goes when it is unused."""
    return {
        "Type": "AWS::Lambda::LayerVersion",
        "Properties": {
            "CompatibleArchitectures": [application.architecture],
            "CompatibleRuntimes": [f"python{application.python}"],
            "Content": {"S3Bucket": ref(CODE_BUCKET), "S3Key": ref(key_parameter(name))},
            "Description": f"{application.name}: {name}"[:256],
            "LayerName": function_name(application.name, f"layer-{name}"),
        },
    }


def too_many_layers(function: Function[Any, Any], made: Collection[str]) -> Iterator[Problem]:
    """Yield a problem where a function's own layers and those made for it pass Lambda's limit.

    Args:
        function: The function; `layers=` alone was checked before.
        made: The names of the layers that its dependencies became.
    """
    own = len(settings_of(function).layers)
    if own + len(made) > MAX_LAYERS:
        yield Problem(
            f"{function.name!r} would have {own + len(made)} layers: {own} of layers= and "
            f"{len(made)} of its dependencies",
            where=function.declared_at,
            fix=f"Lambda takes at most {MAX_LAYERS}: name fewer in layers=",
        )
