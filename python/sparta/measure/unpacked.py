"""An archive of an application, unpacked, with what stands beside it on Lambda."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparta.app.door import door_of, handler_setting
from sparta.app.layers import layers_of
from sparta.env import AWS_LAMBDA_EXEC_WRAPPER
from sparta.local.command import command
from sparta.local.configuration import FunctionConfiguration
from sparta.local.managed_runtime import ManagedRuntime, managed_runtime
from sparta.local.variables import MAPPED
from sparta.local.variables import variables as variables_of_lambda
from sparta.measure.subject import Subject
from sparta.package.import_environment import variables as variables_of_function
from sparta.package.packaged import APPLICATION, Package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.app.function import Function

NOWHERE = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
"""What a function gets in place of credentials: nothing answers there."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One archive on disk.

    Args:
        application: As this archive has it.
        package: The archive and its layers.
        folder: Holds `task` and the functions' layers.
        runtime: What stands for `/var/lang` and `/var/runtime`.
    """

    application: Application
    package: Package
    folder: Path
    runtime: ManagedRuntime

    @property
    def task_root(self) -> Path:
        """What stands for `/var/task`."""
        return self.folder / "task"

    def layer_root(self, function: Function[Any, Any]) -> Path | None:
        """Return what stands for `/opt`, unpacked on first use; None without layers."""
        names = layers_of(function, self.package.layers)
        if not names:
            return None
        root = self.folder / "-".join(["opt", *names])
        if not root.exists():
            for name in names:
                _extract(self.package.layers[name].archive, root)
        return root

    def environment(self, function: Function[Any, Any]) -> dict[str, str]:
        """Return the variables of a function's process, without credentials."""
        own = variables_of_function(self.application, [function], self.task_root)
        given = {name: own[name] for name in MAPPED if name in function.environment}
        if door_of(self.application, function) == "bootstrap":
            given[AWS_LAMBDA_EXEC_WRAPPER] = "/var/task/bootstrap"
        configuration = FunctionConfiguration(
            handler_setting(self.application, function),
            f"python{self.application.python}",
            function_name=f"{self.application.name}_{function.entry_name}",
            memory_mb=function.memory_mb,
            environment=given,
        )
        lambdas = variables_of_lambda(
            configuration,
            self.task_root,
            self.runtime,
            runtime_api="127.0.0.1:9",
            credentials={},
            layer_root=self.layer_root(function),
        )
        return {**own, **lambdas, **NOWHERE}

    def subject(self, function: Function[Any, Any]) -> Subject:
        """Return how the function is started."""
        environment = self.environment(function)
        return Subject(
            f"{function.name} ({self.application.runtime})",
            command(environment, self.runtime),
            environment,
            self.task_root,
            zip_bytes=self.package.size_bytes,
        )

    def own_file(self, file: str) -> str | None:
        """Return the archive's path of a file of the user's own; None for any other."""
        for root in (f"{self.task_root}/", "/var/task/"):
            path = file.removeprefix(root)
            if any(one.path == path and one.owner == APPLICATION for one in self.package.files):
                return path
        return None


def unpacked(
    application: Application, package: Package, folder: Path, report: Callable[..., None]
) -> Unpacked:
    """Unpack an archive below `folder`.

    Raises:
        LocalError: This machine cannot run the functions' Python.
    """
    runtime = managed_runtime(f"python{application.python}", report)
    _extract(package.archive, folder / "task")
    return Unpacked(application, package, folder, runtime)


def _extract(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
        for one in opened.infolist():
            mode = one.external_attr >> 16 & 0o777
            if mode & 0o100:
                (folder / one.filename).chmod(mode)
