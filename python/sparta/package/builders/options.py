"""How the native library is to be made, as the command line says it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Literal

from sparta.errors import Problem, UsageError

Builder = Literal["auto", "docker", "zig", "prebuilt"]
BUILDERS: tuple[Builder, ...] = ("auto", "docker", "zig", "prebuilt")
OURS = (
    "--target", "--target-dir", "--manifest-path", "--package", "-p", "--release", "-r",
    "--profile", "--message-format", "--lib", "--bins", "--workspace", "--all",
)  # fmt: skip
"""What decides where cargo leaves the library; the builders say it themselves."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which builder, and what cargo is told beyond what the builder says.

    Args:
        builder: One of `BUILDERS`; "auto" takes the prebuilt library where it can be used, else
            zig, else docker.
        cargo_flags: More arguments of `cargo build`, such as `--config=profile.release.lto=false`.

    Raises:
        UsageError: There is no such builder, or a flag belongs to the builders.
    """

    builder: str = "auto"
    cargo_flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check both."""
        problems = []
        if self.builder not in BUILDERS:
            fix = f"use one of {', '.join(BUILDERS)}"
            problems.append(Problem(f"there is no builder {self.builder!r}", fix=fix))
        if self.cargo_flags and self.builder == "prebuilt":
            what = "the prebuilt library is not compiled, so --cargo-flags has no effect on it"
            problems.append(Problem(what, fix="leave out --cargo-flags, or use --builder zig"))
        problems += [
            Problem(
                f"--cargo-flags holds {flag}, which the builder sets itself",
                fix="leave it out; profiles can be changed by --config=profile.release.KEY=VALUE",
            )
            for flag in self.cargo_flags
            if flag.partition("=")[0] in OURS
        ]
        if problems:
            raise UsageError.of(problems)


def flags_of(text: str) -> tuple[str, ...]:
    """Return the words of `--cargo-flags`, split as a shell would.

    Raises:
        UsageError: A quote is not closed.
    """
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        what = f"--cargo-flags cannot be split into words: {error}"
        raise UsageError(what, where=text, fix="close the quote") from error
