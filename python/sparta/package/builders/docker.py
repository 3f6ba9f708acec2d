"""Builds the library in a container of `Dockerfile.build`, for hosts without Rust."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package import cache, native_source
from sparta.package.builders.zig import BUILT, SHOWN_CHARACTERS

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.report import Report
    from sparta.package.target import Target

PLATFORMS = {"x86_64": "linux/amd64", "arm64": "linux/arm64"}
ARM64_BASE_IMAGE = "quay.io/pypa/manylinux2014_aarch64:2025.09.19-1"
"""`Dockerfile.build` has the one for x86_64 as its default."""
BASE_IMAGE = "SPARTA_BASE_IMAGE"
TOOLCHAIN = "SPARTA_RUST_TOOLCHAIN"
ANSWER_TIMEOUT_S = 10


def reason_not_to() -> str:
    """Return why Docker cannot build here; "" when it can."""
    if shutil.which("docker") is None:
        return "docker is not installed"
    try:
        answer = subprocess.run(
            ["docker", "version", "--format", "{{.Server.Version}}"],  # noqa: S607 - found on PATH
            capture_output=True,
            timeout=ANSWER_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "docker's engine does not answer"
    return "" if answer.returncode == 0 else "docker's engine is not running"


def build(target: Target, report: Report) -> Path:
    """Return the library, built in a container or kept from an earlier build of the same.

    SPARTA_BASE_IMAGE names another base image than `Dockerfile.build`; SPARTA_RUST_TOOLCHAIN a
    folder of this machine with a Rust toolchain, which is then mounted, not installed. Variables
    called `SPARTA_...` are handed on by name, so that no value is ever
    shown.

    Raises:
        BuildError: There is no engine, or the build failed.
    """
    reason = reason_not_to()
    if reason:
        fix = "start docker, or use --builder zig or --builder prebuilt"
        raise BuildError(f"the library cannot be built with docker: {reason}", fix=fix)
    source = native_source.folder()
    dockerfile = source / "Dockerfile.build"
    choices = _choices(target)
    key = cache.key_of(
        "docker",
        target.architecture,
        *choices,
        dockerfile.read_bytes(),
        cache.key_of_files(native_source.input_files(source), source),
    )

    def make(folder: Path) -> None:
        report("Compiling native library", Builder="docker", Target=target.architecture)
        image = f"sparta-build:{key[:12]}"
        platform = f"--platform={PLATFORMS[target.architecture]}"
        # The context is an empty folder: the sources are mounted, never copied into a layer.
        _run(["build", platform, f"--tag={image}", *choices, f"--file={dockerfile}", str(folder)])
        _run(["run", "--rm", platform, *_run_options(target, source, folder), image])
        (folder / BUILT).rename(folder / "_sparta.abi3.so")

    return cache.entry(cache.user_folder() / "native", key, make) / "_sparta.abi3.so"


def _choices(target: Target) -> list[str]:
    """Return the build arguments that differ from the defaults of `Dockerfile.build`."""
    default = ARM64_BASE_IMAGE if target.architecture == "arm64" else ""
    base_image = os.environ.get(BASE_IMAGE, default)
    choices = [f"--build-arg=BASE_IMAGE={base_image}"] if base_image else []
    return [*choices, "--build-arg=RUST_VERSION="] if os.environ.get(TOOLCHAIN) else choices


def _run_options(target: Target, source: Path, output: Path) -> list[str]:
    """Return how a container sees this machine: sources to read, one folder to write."""
    kept = cache.user_folder() / f"docker-target-{target.architecture}"
    kept.mkdir(parents=True, exist_ok=True)
    toolchain = os.environ.get(TOOLCHAIN)
    user = [f"--user={os.getuid()}:{os.getgid()}"] if hasattr(os, "getuid") else []
    variables = sorted(name for name in os.environ if name.startswith("SPARTA_"))
    return [
        *user,
        *(f"--env={name}" for name in variables),
        f"--volume={source}:/source:ro",
        f"--volume={kept}:/target",
        f"--volume={output}:/output",
        *([f"--volume={toolchain}:/toolchain:ro"] if toolchain else []),
    ]


def _run(words: list[str]) -> None:
    answer = subprocess.run(  # noqa: S603 - our own arguments
        ["docker", *words],  # noqa: S607 - found on PATH
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        said = (answer.stderr or answer.stdout).strip()[-SHOWN_CHARACTERS:]
        raise BuildError(f"`docker {words[0]}` failed", fix="docker says:\n" + said)
