"""Gets the native library for a Lambda runtime, by the builder that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import BuildError, Problem
from sparta.package.builders import docker, prebuilt, zig
from sparta.package.builders.source import sparta
from sparta.package.check_library import reason_against_core

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.build_log import BuildLog
    from sparta.package.builders.options import Options
    from sparta.package.builders.source import Source
    from sparta.package.report import Report
    from sparta.package.target import Target

OWN_CODE = "the application has Rust code of its own"


def library_for(
    target: Target,
    options: Options,
    report: Report,
    log: BuildLog,
    source: Source | None = None,
) -> Path:
    """Return a library that loads in the Lambda runtime `target`.

    Args:
        target: The runtime: Python version and processor.
        options: The builder, and what cargo is told.
        report: Told which builder is taken, why, and how far it is.
        log: Gets every command that is run, and all it prints.
        source: The cargo package to compile; Sparta's own library if not given, which is the only
            one that can be prebuilt.

    Raises:
        BuildError: The builder cannot be used here, or what it made would not load.
    """
    chosen, why = options.builder, "asked for"
    if chosen == "auto":
        chosen, why = _chosen(target, options, source)
    report("Using native library", Builder=chosen, Reason=why)
    if chosen == "prebuilt":
        if source is not None:
            fix = "use --builder zig or --builder docker"
            raise BuildError(f"{OWN_CODE}; it cannot be prebuilt", where=source.package, fix=fix)
        return prebuilt.build(target)
    build = zig.build if chosen == "zig" else docker.build
    built = build(source or sparta(), target, options.cargo_flags, report, log)
    reason = reason_against_core(built, target)
    if reason:
        what = f"the library that {chosen} made cannot be used: {reason}"
        raise BuildError(what, where=str(built))
    return built


def _chosen(target: Target, options: Options, source: Source | None) -> tuple[str, str]:
    """Return the builder that "auto" stands for, and why.

    Raises:
        BuildError: None can be used; with the reason of each.
    """
    if source is not None:
        no_prebuilt = OWN_CODE
    elif options.cargo_flags:
        no_prebuilt = "--cargo-flags was given"
    else:
        no_prebuilt = prebuilt.reason_not_to(target)
    if not no_prebuilt:
        return "prebuilt", "the library that came with the package fits"
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
