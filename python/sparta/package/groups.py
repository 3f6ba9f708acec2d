"""Which run-time modules are joined into which file of the archive: what is used together.

`sparta/__init__.py` has what every start needs, the other files what only some functions do: a
class that nobody asks for is neither read nor made. A module goes into the first file that needs
it, so that a file needs only those before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.package.runtime_modules import imports, runtime_modules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sparta.package.runtime_modules import Module

FRONT = "sparta"
"""The file that is loaded by `import sparta`, by its module name."""
_ROOTS = {
    FRONT: ("sparta.app.function", "sparta.runtime.index"),
    "sparta._errors": ("sparta.errors",),
    "sparta._typed": (
        "sparta.runtime.event_type",
        "sparta.runtime.http",
        "sparta.model.streamed",
        "sparta.model.context",
    ),
    "sparta._declared": (
        *("sparta.entry", "sparta.app.http_api", "sparta.triggers.clock", "sparta.aws.granting"),
        *("sparta.aws.bucket", "sparta.aws.queue", "sparta.aws.table", "sparta.aws.topic"),
        *("sparta.events.dynamodb", "sparta.iam.builder", "sparta.model.token"),
    ),
    "sparta._records": ("sparta.runtime.records",),
    "sparta._provided": ("sparta.app.custom_resource", "sparta.model.resource_request"),
    "sparta._provider": ("sparta.runtime.custom_resource",),
    "sparta._observed": (
        *("sparta.runtime.structured_log", "sparta.runtime.metric", "sparta.runtime.shutdown"),
        *("sparta.runtime.http_handler", "sparta.runtime.measured"),
    ),
    "sparta._fetched": (
        *("sparta.aws.secret", "sparta.aws.parameter", "sparta.runtime.discovery_parameters"),
        *("sparta.runtime.aws_request", "sparta.runtime.aws_signature"),
    ),
    "sparta._operations": (
        *("sparta.operations.alarms", "sparta.operations.cloud_map", "sparta.operations.dashboard"),
        *("sparta.operations.log_aggregation", "sparta.operations.log_metric"),
        "sparta.operations.rollout",
    ),
    "sparta._intercepted": (
        "sparta.runtime.interceptor",
        "sparta.app.hooks",
        "sparta.app.fragment",
    ),
    "sparta._archetypes": ("sparta.archetypes.reactors",),
    "sparta._pure": ("sparta.runtime.pure",),
}
"""By file: what it is there for; what those import comes with them."""
_REST = "sparta._streamed"
"""The file of all that no other file has: streams, what extends JSON."""
_ALONE = (
    *("sparta.aws.", "sparta.cfn.", "sparta.events.", "sparta.triggers."),
    *("sparta.runtime.transformation", "sparta.runtime.typed_event"),
)
"""Of these, what no other file has stands in a file of its own: few functions use several."""


def groups(folder: Path, services: Iterable[str] = ()) -> dict[str, tuple[Module, ...]]:
    """Return the modules of each file of the archive, each after those it imports.

    Args:
        folder: The folder of the package `sparta`.
        services: The modules of `sparta.cfn` that the application imports.

    Raises:
        PackageError: Modules import each other in a circle.
    """
    modules = runtime_modules(folder, services)
    known = {module.name: module for module in modules}
    placed: dict[str, str] = {}
    for file, roots in _ROOTS.items():
        for root in roots:
            _place(root, file, known, placed, folder)
    found: dict[str, list[Module]] = {file: [] for file in (*_ROOTS, _REST)}
    for module in modules:
        file = FRONT if is_facade(module) else placed.get(module.name) or _file_of(module)
        found.setdefault(file, []).append(module)
    return {file: tuple(members) for file, members in found.items() if members}


def is_facade(module: Module) -> bool:
    """Say whether a module only gives names of others: it is looked through, not executed."""
    return module.is_package or module.name == "sparta.native"


def _file_of(module: Module) -> str:
    if not module.name.startswith(_ALONE):
        return _REST
    return f"{FRONT}._{module.name.partition('.')[2].replace('.', '_')}"


def _place(
    name: str, file: str, known: dict[str, Module], placed: dict[str, str], folder: Path
) -> None:
    if name in placed or name not in known or is_facade(known[name]):
        return
    placed[name] = file
    for imported in imports(known[name], folder):
        _place(imported, file, known, placed, folder)
