"""The native library, built from this tree for Lambda; quick where it was built before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.package import elf
from sparta.package.build_log import BuildLog
from sparta.package.builders import zig
from sparta.package.builders.options import Options
from sparta.package.library import library_for
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path


def silent(message: str, /, **fields: object) -> None:
    """Report to nobody."""
    del message, fields


@pytest.mark.timeout(600)
@pytest.mark.parametrize("architecture", ["x86_64", "arm64"])
def test_zig_builds_for_the_oldest_runtime_on_any_host(architecture: str, tmp_path: Path) -> None:
    oldest = Target("3.11", architecture)
    reason = zig.reason_not_to(oldest)
    if reason:
        pytest.skip(reason)
    log = BuildLog(tmp_path / "build.log")
    library = library_for(oldest, Options("zig"), silent, log)
    found = elf.read(library)
    assert found.machine == architecture
    assert (2, 2) <= found.glibc <= (2, 17)
    assert library.stat().st_size < 2_000_000
    assert library_for(Target("3.13", architecture), Options("zig"), silent, log) == library
