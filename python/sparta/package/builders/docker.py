"""Builds the library in a container of `Dockerfile.build`, for hosts without Rust."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package import cache, native_source
from sparta.package.build_log import forwarded
from sparta.package.builders import cargo
from sparta.package.command import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sparta.package.build_log import BuildLog
    from sparta.package.builders.source import Source
    from sparta.package.report import Report
    from sparta.package.target import Target

PLATFORMS = {"x86_64": "linux/amd64", "arm64": "linux/arm64"}
ARM64_BASE_IMAGE = "quay.io/pypa/manylinux2014_aarch64:2025.09.19-1"
"""`Dockerfile.build` has the one for x86_64 as its default."""
BASE_IMAGE = "SPARTA_BASE_IMAGE"
TOOLCHAIN = "SPARTA_RUST_TOOLCHAIN"
ANSWER_TIMEOUT_S = 10
CARGO_PATHS = "--remap-path-prefix=/cargo=home"


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


def build(
    source: Source, target: Target, flags: tuple[str, ...], report: Report, log: BuildLog
) -> Path:
    """Return the library of `source`, built in a container or kept from an earlier build.

    SPARTA_BASE_IMAGE names another base image than `Dockerfile.build`; SPARTA_RUST_TOOLCHAIN a
    folder of this machine with a Rust toolchain, which is then mounted, not installed. Variables
    called `SPARTA_...` are handed on by name, so that no value is ever shown.

    Args:
        source: What to compile; the container can only read it.
        target: The runtime to compile it for.
        flags: More arguments of `cargo build`.
        report: Told how far docker and the compiler are.
        log: Gets the commands and all they print.

    Raises:
        BuildError: There is no engine, or the build failed.
    """
    reason = reason_not_to()
    if reason:
        fix = "start docker, or use --builder zig or --builder prebuilt"
        raise BuildError(f"the library cannot be built with docker: {reason}", fix=fix)
    dockerfile = native_source.folder() / "Dockerfile.build"
    platform = f"--platform={PLATFORMS[target.architecture]}"
    image_key = cache.key_of(platform, *_choices(target), dockerfile.read_bytes())
    key = cache.key_of("docker", image_key, *_influences(), *flags, source.key())

    def make(folder: Path) -> None:
        report("Compiling native library", Builder="docker", Package=source.package)
        image = f"sparta-build:{image_key[:12]}"
        output = cargo.target_folder(source, f"docker-{target.architecture}")
        container = f"sparta-build-{secrets.token_hex(8)}"
        # The context is an empty folder: the sources are mounted, never copied into a layer.
        built_from = [f"--tag={image}", *_choices(target), f"--file={dockerfile}", str(folder)]
        compiler = ["cargo", "build", *source.cargo_words(), *flags]
        mounts = [*_mounts(source, output), f"--workdir={source.folder}"]
        with cargo.writing(folder, log, report, output):
            _docker(["build", platform, *built_from], source, report, log)
            words = ["run", "--rm", f"--name={container}", platform, *_user(), *_variables(source)]
            _docker([*words, *mounts, image, *compiler], source, report, log, container)
            shutil.copyfile(output / "release" / source.built_name, folder / cargo.NAME)

    return cargo.entry(key, make, log)


def _choices(target: Target) -> list[str]:
    """Return the build arguments that differ from the defaults of `Dockerfile.build`."""
    default = ARM64_BASE_IMAGE if target.architecture == "arm64" else ""
    base_image = os.environ.get(BASE_IMAGE, default)
    choices = [f"--build-arg=BASE_IMAGE={base_image}"] if base_image else []
    return [*choices, "--build-arg=RUST_VERSION="] if os.environ.get(TOOLCHAIN) else choices


def _influences() -> Iterator[str]:
    """Yield what of the user's settings, beside image and sources, decides what cargo makes."""
    toolchain = os.environ.get(TOOLCHAIN)
    if toolchain:  # the compiler's own library has a hash in its name
        yield from sorted(path.name for path in Path(toolchain, "lib").glob("*.so"))
    for name in forwarded():  # only the hash of all is kept
        if name not in {BASE_IMAGE, TOOLCHAIN}:
            yield f"{name}={os.environ[name]}"


def _user() -> list[str]:
    """Return the option that makes the caller the owner of what a container writes."""
    return [f"--user={os.getuid()}:{os.getgid()}"] if hasattr(os, "getuid") else []


def _variables(source: Source) -> list[str]:
    """Return which variables a container gets: names, the values go past the command line."""
    return [f"--env={name}" for name in (*forwarded(), *_rustflags(source))]


def _rustflags(source: Source) -> dict[str, str]:
    return cargo.rustflags([*source.remapping(), CARGO_PATHS])


def _mounts(source: Source, output: Path) -> list[str]:
    """Return how a container sees this machine: sources to read, what cargo keeps to write."""
    kept = cache.user_folder() / "docker-cargo"
    kept.mkdir(parents=True, exist_ok=True)
    toolchain = os.environ.get(TOOLCHAIN)
    written = f"{source.folder}:{source.folder}" + (":ro" if source.locked else "")
    return [
        f"--volume={written}",
        *(f"--volume={root}:{root}:ro" for root in source.reaches),
        f"--volume={output}:/target",
        f"--volume={kept}:/cargo",
        *([f"--volume={toolchain}:/toolchain:ro"] if toolchain else []),
    ]


def _docker(
    words: Sequence[str], source: Source, report: Report, log: BuildLog, container: str = ""
) -> None:
    code, lines = run(
        ["docker", *words],
        folder=source.folder,
        log=log,
        report=report,
        told=cargo.TOLD,
        variables=_rustflags(source),
        on_interruption=partial(_remove, container) if container else None,
    )
    if code == 0:
        return
    if any("exec format error" in line for line in lines):
        fix = "use --builder zig, or let this machine run it with QEMU's binfmt_misc handlers"
        raise BuildError("this machine cannot run containers of another processor", fix=fix)
    raise cargo.failure(source, f"`docker {words[0]}` failed", lines, log)


def _remove(container: str) -> None:
    """End a container that nobody waits for any more; the engine runs it, not this process."""
    subprocess.run(  # noqa: S603 - our own arguments
        ["docker", "rm", "--force", container],  # noqa: S607 - found on PATH
        capture_output=True,
        check=False,
    )
