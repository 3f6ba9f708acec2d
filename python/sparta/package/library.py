"""Gets the native library for a Lambda runtime, by the builder that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sparta.errors import BuildError, Problem, UsageError
from sparta.package.builders import docker, prebuilt, zig
from sparta.package.check_library import reason_against
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.report import Report

Builder = Literal["auto", "docker", "zig", "prebuilt"]
BUILDERS: tuple[Builder, ...] = ("auto", "docker", "zig", "prebuilt")


def library_for(architecture: str, python: str, builder: str, report: Report) -> Path:
    """Return a library that loads in the Lambda runtime for `python` on `architecture`.

    Args:
        architecture: "x86_64" or "arm64".
        python: The minor version, such as "3.12".
        builder: One of `BUILDERS`; "auto" takes the prebuilt library where it can be used, else
            zig, else docker.
        report: Told which builder is taken, and why.

    Raises:
        BuildError: The builder cannot be used here, or what it made would not load.
        UsageError: There is no such builder.
    """
    if builder not in BUILDERS:
        fix = f"use one of {', '.join(BUILDERS)}"
        raise UsageError(f"there is no builder {builder!r}", fix=fix)
    target = Target(python, architecture)
    chosen, why = _chosen(target) if builder == "auto" else (builder, "asked for")
    report("Using native library", Builder=chosen, Reason=why)
    built = _build(chosen, target, report)
    reason = reason_against(built, target)
    if reason:
        what = f"the library that {chosen} made cannot be used: {reason}"
        raise BuildError(what, where=str(built))
    return built


def _build(builder: str, target: Target, report: Report) -> Path:
    if builder == "zig":
        return zig.build(target, report)
    if builder == "docker":
        return docker.build(target, report)
    return prebuilt.build(target)


def _chosen(target: Target) -> tuple[str, str]:
    """Return the builder that "auto" stands for, and why.

    Raises:
        BuildError: None can be used; with the reason of each.
    """
    no_prebuilt = prebuilt.reason_not_to(target)
    if not no_prebuilt:
        return "prebuilt", "the library beside the package fits"
    no_zig = zig.reason_not_to(target)
    if not no_zig:
        return "zig", f"not prebuilt: {no_prebuilt}"
    no_docker = docker.reason_not_to()
    if not no_docker:
        return "docker", f"not prebuilt: {no_prebuilt}; not zig: {no_zig}"
    reasons = (("prebuilt", no_prebuilt), ("zig", no_zig), ("docker", no_docker))
    raise BuildError.of(
        Problem(f"no library for the native runtime from builder {name}: {reason}")
        for name, reason in reasons
    )
