"""`Application`: all that was declared, checked and located; what every later stage starts from."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.app.adopted import adopt
from sparta.app.built_in import BUILT_IN_ENTRY, built_in_function
from sparta.app.gather import gather
from sparta.app.hooks import Hooks
from sparta.app.image import Image
from sparta.app.locate import Entry, forgotten, locate
from sparta.app.main_module import importable
from sparta.app.project import project_of
from sparta.app.validate import problems
from sparta.app.validate_functions import wrapper_problems
from sparta.app.validate_hooks import hook_problems
from sparta.app.validate_image import function_option_problems, image_problems
from sparta.app.validate_operations import operation_problems
from sparta.app.validate_rust import rust_problems
from sparta.errors import DeclarationError, Problem

if TYPE_CHECKING:
    from sparta.app.adopted import Convertible
    from sparta.app.door import Door
    from sparta.app.function import Function
    from sparta.app.http_api import HttpApi
    from sparta.cfn.output import Output
    from sparta.cfn.resource import Resource
    from sparta.operations.operation import Operation

__all__ = ["Application", "Declaration", "Entry", "application_of"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """The arguments of `sparta.main`, as they were given, and where."""

    name: str
    description: str
    functions: tuple[Function[Any, Any], ...]
    api: HttpApi | None
    resources: tuple[Resource | Convertible, ...]
    tags: dict[str, str]
    python: str
    architecture: str
    package: str | Image
    main_file: str
    declared_at: str
    permissions_boundary: str | None = None
    role_path: str | None = None
    operations: tuple[Operation, ...] = ()
    outputs: dict[str, str | Output] = field(default_factory=dict)
    hooks: Hooks | None = None
    commands: tuple[Any, ...] = ()
    """Of click, as are the flags."""
    flags: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """One application, ready to be turned into a template and a package."""

    name: str
    description: str
    functions: tuple[Function[Any, Any], ...]
    """Every function to deploy, each once, those of the API included."""
    api: HttpApi | None
    resources: tuple[Resource, ...]
    """Every resource to deploy, each once: declared, used, or the source of a trigger."""
    tags: dict[str, str]
    python: str
    """The functions' Python, such as `3.12`."""
    architecture: str
    """`x86_64` or `arm64`."""
    runtime: str
    """`python` or `native`."""
    root: Path
    """The folder that becomes the archive's top."""
    app_file: Path
    module: str
    """The application file's module name within the archive."""
    entries: dict[str, Entry]
    """Where each function stands, by its entry name."""
    project: Path
    """The folder of pyproject.toml, where `.sparta/` goes."""
    declared_at: str
    warnings: tuple[str, ...] = field(default=())
    door: Door = "bootstrap"
    """How the native runtime gets to the events; see `app.door`."""
    image: Image | None = None
    """How the package becomes a container image; None where it is a ZIP archive."""
    permissions_boundary: str | None = None
    """The managed policy that bounds the roles Sparta makes, by ARN or by name."""
    role_path: str | None = None
    """The path of those roles."""
    operations: tuple[Operation, ...] = ()
    """Every alarm, dashboard and the like, each once, those of rollouts included."""
    outputs: dict[str, str | Output] = field(default_factory=dict)
    """The outputs that its author declared, by name."""
    hooks: Hooks = field(default_factory=Hooks)
    """What is done at each stage of the deployment."""


def application_of(
    declaration: Declaration,
    *,
    runtime: str | None = None,
    door: Door | None = None,
    package: str | None = None,
    project: Path | None = None,
) -> Application:
    """Check a declaration and turn it into an Application.

    Args:
        declaration: The arguments of `sparta.main`.
        runtime: `python` or `native`; None takes native where `sparta.native` was imported.
        door: The way into the native core; None takes `bootstrap`, and `takeover` for functions
            with an exec wrapper of their own.
        package: `zip` or `image`; None takes what was declared.
        project: The folder for `.sparta/`; None takes the nearest one with a pyproject.toml.

    Raises:
        DeclarationError: With every problem of the declaration at once.
    """
    app_file = Path(declaration.main_file).resolve()
    folder, module = importable(str(app_file))
    root = Path(folder)
    adopted, unusable = adopt(declaration.resources, declaration.declared_at)
    functions, operations, resources = gather(declaration, adopted)
    entries, located = locate(functions, root, module)
    provider = built_in_function(functions, resources)
    if provider is not None:
        entries[provider.entry_name] = BUILT_IN_ENTRY
        functions = (*functions, provider)
    runtime = runtime or ("native" if "sparta.native" in sys.modules else "python")
    project = project or project_of(app_file)
    found = [*problems(declaration, functions, resources), *unusable, *located]
    found += [*operation_problems(operations), *hook_problems(declaration, functions)]
    found += image_problems(declaration, project)
    image = _image(declaration, package)
    if image is not None:
        found += function_option_problems(functions)
    if door is not None and runtime != "native":
        what = f"the door {door!r} leads into the native core, but the runtime is {runtime!r}"
        fix = "add --runtime native, or leave out --door"
        found.append(Problem(what, where=declaration.declared_at, fix=fix))
    found.extend(rust_problems(functions, runtime))
    if door == "bootstrap":
        found.extend(wrapper_problems(functions))
    if found:
        raise DeclarationError.of(found)
    return Application(
        name=declaration.name,
        description=declaration.description,
        functions=functions,
        api=declaration.api,
        resources=resources,
        tags=declaration.tags,
        python=declaration.python,
        architecture=declaration.architecture,
        runtime=runtime,
        root=root,
        app_file=app_file,
        module=module,
        entries=entries,
        project=project,
        declared_at=declaration.declared_at,
        warnings=tuple(forgotten(functions, root, module)),
        door=door or "bootstrap",
        image=image,
        permissions_boundary=declaration.permissions_boundary,
        role_path=declaration.role_path,
        operations=operations,
        outputs=declaration.outputs,
        hooks=declaration.hooks or Hooks(),
    )


def _image(declaration: Declaration, package: str | None) -> Image | None:
    declared = declaration.package
    if package == "zip" or (package is None and declared == "zip"):
        return None
    return declared if isinstance(declared, Image) else Image()
