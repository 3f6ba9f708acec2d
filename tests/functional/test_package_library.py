"""The native library, built from this tree for Lambda; quick where it was built before."""

from __future__ import annotations

import pytest

from sparta.package import elf
from sparta.package.builders import zig
from sparta.package.library import library_for
from sparta.package.target import Target


def silent(message: str, /, **fields: object) -> None:
    """Report to nobody."""
    del message, fields


@pytest.mark.timeout(600)
@pytest.mark.parametrize("architecture", ["x86_64", "arm64"])
def test_zig_builds_for_the_oldest_runtime_on_any_host(architecture: str) -> None:
    oldest = Target("3.11", architecture)
    reason = zig.reason_not_to(oldest)
    if reason:
        pytest.skip(reason)
    library = library_for(architecture, oldest.python, "zig", silent)
    found = elf.read(library)
    assert found.machine == architecture
    assert (2, 17) <= found.glibc <= (2, 26)
    assert library.stat().st_size < 2_000_000
    assert library_for(architecture, "3.13", "zig", silent) == library
