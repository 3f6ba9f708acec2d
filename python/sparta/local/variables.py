"""The environment variables of a function's process: Lambda's and its own, none of the host's.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

from sparta.local.configuration import TASK_ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sparta.local.configuration import FunctionConfiguration
    from sparta.local.managed_runtime import ManagedRuntime

MAPPED = ("AWS_LAMBDA_EXEC_WRAPPER", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH")
"""Variables of the function in which `/var/task` and `/opt` become what stands for them."""
LAYER_ROOT = "/opt"


def variables(
    configuration: FunctionConfiguration,
    task_root: Path,
    runtime: ManagedRuntime,
    *,
    runtime_api: str,
    credentials: Mapping[str, str],
    layer_root: Path | None = None,
) -> dict[str, str]:
    """Return the whole environment of a function's process.

    Args:
        configuration: The function's.
        task_root: What stands for `/var/task`.
        runtime: What stands for `/var/lang` and `/var/runtime`.
        runtime_api: "127.0.0.1:PORT".
        credentials: AWS_ACCESS_KEY_ID and so on, of the function's role; AWS_ENDPOINT_URL too.
        layer_root: What stands for `/opt`; None where the function has no layer.
    """
    places = {TASK_ROOT: task_root} | ({LAYER_ROOT: layer_root} if layer_root else {})
    own = {
        name: mapped(value, places) if name in MAPPED else value
        for name, value in configuration.environment.items()
    }
    return {
        **_defaults(task_root, runtime),
        **(_of_layers(task_root, layer_root, runtime) if layer_root else {}),
        **own,
        **credentials,
        **_reserved(configuration, task_root, runtime),
        "AWS_LAMBDA_RUNTIME_API": runtime_api,
    }


def mapped(value: str, places: Mapping[str, Path]) -> str:
    """Return a path, or a list of paths, with each of Lambda's folders replaced by our own.

    Args:
        value: Paths with `:` between them.
        places: What stands for each of Lambda's folders, such as `/var/task`.
    """
    return ":".join(_mapped(path, places) for path in value.split(":"))


def _mapped(path: str, places: Mapping[str, Path]) -> str:
    for folder, place in places.items():
        if path == folder or path.startswith(f"{folder}/"):
            return str(place) + path.removeprefix(folder)
    return path


def _of_layers(task_root: Path, layer_root: Path, runtime: ManagedRuntime) -> dict[str, str]:
    """Return the search paths of a function that has layers; Lambda's clients know `/opt`."""
    defaults = _defaults(task_root, runtime)
    python = f"{layer_root}/python"
    return {
        "PATH": f"{defaults['PATH']}:{layer_root}/bin",
        "LD_LIBRARY_PATH": f"{defaults['LD_LIBRARY_PATH']}:{layer_root}/lib",
        "PYTHONPATH": f"{python}/lib/python{runtime.minor}/site-packages:{python}",
    }


def _defaults(task_root: Path, runtime: ManagedRuntime) -> dict[str, str]:
    """Return what Lambda sets and a function may set otherwise."""
    binaries = runtime.interpreter.parent
    return {
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PATH": f"{binaries}:/usr/local/bin:/usr/bin:/bin",
        "LD_LIBRARY_PATH": f"{task_root}:{task_root}/lib",
        "PWD": str(task_root),
        "SHLVL": "0",
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "AWS_XRAY_DAEMON_ADDRESS": "127.0.0.1:2000",
        "_AWS_XRAY_DAEMON_ADDRESS": "127.0.0.1",
        "_AWS_XRAY_DAEMON_PORT": "2000",
    }


def _reserved(
    configuration: FunctionConfiguration, task_root: Path, runtime: ManagedRuntime
) -> dict[str, str]:
    """Return what a function cannot set."""
    stream = f"{time.strftime('%Y/%m/%d')}/[{configuration.version}]{uuid.uuid4().hex}"
    given = {
        "_HANDLER": configuration.handler,
        "AWS_REGION": configuration.region,
        "AWS_DEFAULT_REGION": configuration.region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{configuration.runtime}",
        "AWS_LAMBDA_FUNCTION_NAME": configuration.function_name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(configuration.memory_mb),
        "AWS_LAMBDA_FUNCTION_VERSION": configuration.version,
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": configuration.log_group_name,
        "AWS_LAMBDA_LOG_STREAM_NAME": stream,
        "LAMBDA_TASK_ROOT": str(task_root),
        "LAMBDA_RUNTIME_DIR": str(runtime.site_packages),
    }
    if configuration.log_format != "Text":
        given["AWS_LAMBDA_LOG_FORMAT"] = configuration.log_format
    if configuration.log_level:
        given["AWS_LAMBDA_LOG_LEVEL"] = configuration.log_level
    return given
