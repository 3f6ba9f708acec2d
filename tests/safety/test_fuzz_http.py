"""Random and broken responses through the HTTP codec: the targets of its `fuzz.rs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_the_http_codec(cargo: Callable[..., str], fuzz_seconds: float, fuzz_seed: int) -> None:
    tests = ("test", "--package", "sparta-core", "--lib", "--locked", "--quiet", "http::fuzz")
    variables = {"FUZZ_SECONDS": str(fuzz_seconds), "FUZZ_SEED": str(fuzz_seed)}
    # Each takes its third of the time: on one CPU, one after the other.
    assert "3 passed" in cargo(*tests, "--", "--test-threads=1", **variables)
