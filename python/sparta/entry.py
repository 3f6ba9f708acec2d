"""`sparta.main`: where an application hands itself over to the command line."""

from __future__ import annotations

import sys

from sparta.app.main_module import register, take_back_region
from sparta.env import AWS_LAMBDA_RUNTIME_API, variable
from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Any, Literal

    from click import Command, Option

    from sparta.app.adopted import Convertible
    from sparta.app.application import Declaration
    from sparta.app.function import Function
    from sparta.app.hooks import Hooks
    from sparta.app.http_api import HttpApi
    from sparta.app.image import Image
    from sparta.cfn.output import Output
    from sparta.cfn.resource import Resource
    from sparta.operations.operation import Operation

capture: Callable[[Declaration], None] | None = None
"""Set by `sparta`, the console script: takes the declaration in place of the command line."""


def main(
    name: str,
    description: str = "",
    *,
    functions: Sequence[Function[Any, Any]] = (),
    api: HttpApi | None = None,
    resources: Sequence[Resource | Convertible] = (),
    operations: Sequence[Operation] = (),
    outputs: Mapping[str, str | Output] | None = None,
    hooks: Hooks | None = None,
    commands: Sequence[Command] = (),
    flags: Sequence[Option] = (),
    tags: Mapping[str, str] | None = None,
    python: str | None = None,
    architecture: Literal["x86_64", "arm64"] = "x86_64",
    package: Literal["zip", "image"] | Image = "zip",
    permissions_boundary: str | None = None,
    role_path: str | None = None,
) -> None:
    """Hand the application over to the command line; does nothing inside Lambda.

    Args:
        name: The service's name, which is also the stack's: letters, digits and `-`.
        description: What CloudFormation shows of the stack; up to 1,024 characters.
        functions: The functions to deploy; those of `api` need not be repeated.
        api: The HTTP API.
        resources: Resources that no function uses. Those of other tools are taken too: objects
            with a `title` and a `to_dict()`, such as troposphere's.
        operations: Alarms, dashboards and the like, see `sparta.operations`.
        outputs: What the stack shows, by name, beside what Sparta adds.
        hooks: What the application does at each stage of its own deployment.
        commands: Commands of click, which its command line has beside Sparta's.
        flags: Options of click for `provision` and `build`; hooks find them in `context.values`.
        tags: Tags of the stack, which CloudFormation puts on all its resources.
        python: The functions' Python, such as `3.13`; that of this interpreter if not given.
        architecture: The functions' processor.
        package: "zip", or a container image: "image" for AWS's base image and a generated
            Dockerfile, a `sparta.Image` for others.
        permissions_boundary: The managed policy, by ARN or by name, that bounds every role Sparta
            makes; a function may name another.
        role_path: The path of those roles, such as `/teams/orders/`; likewise.
    """
    if variable(AWS_LAMBDA_RUNTIME_API) is not None:
        return
    from importlib import import_module

    take_back_region()
    sys.excepthook = sys.__excepthook__
    place = declared_at()
    declaration = import_module("sparta.app.application").Declaration(
        name=name,
        description=description,
        functions=tuple(functions),
        api=api,
        resources=tuple(resources),
        operations=tuple(operations),
        outputs=dict(outputs or {}),
        hooks=hooks,
        commands=tuple(commands),
        flags=tuple(flags),
        tags=dict(tags or {}),
        python=python or f"{sys.version_info.major}.{sys.version_info.minor}",
        architecture=architecture,
        package=package,
        permissions_boundary=permissions_boundary,
        role_path=role_path,
        main_file=place.rpartition(":")[0],
        declared_at=place,
    )
    if capture is not None:
        capture(declaration)
    else:
        import_module("sparta.cli").run(declaration)


def _show_load_error(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Tell an error of `python app.py <command>` as `sparta <command>` would."""
    from importlib import import_module

    commands = import_module("sparta.cli.group").COMMANDS
    if (
        not isinstance(error, Exception)
        or "--debug" in sys.argv
        or not commands.keys() & set(sys.argv)
    ):
        sys.__excepthook__(kind, error, traceback)
    else:
        import_module("sparta.cli.load_error").show(error, sys.argv[0])


if variable(AWS_LAMBDA_RUNTIME_API) is None and register():
    sys.excepthook = _show_load_error
