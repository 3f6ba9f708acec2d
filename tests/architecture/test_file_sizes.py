"""A file fits in one head: medians and limits per language, generated files aside."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.architecture.conftest import Tree

LIMITS = [(".py", 100, 300), (".rs", 200, 500)]


@pytest.mark.parametrize(("suffix", "most_median", "most"), LIMITS, ids=["python", "rust"])
def test_sizes_stay_within_the_limits(tree: Tree, suffix: str, most_median: int, most: int) -> None:
    sizes = tree.sizes(suffix)
    assert sizes, f"no {suffix} file found"
    too_long = [f"{path}: {lines} lines" for lines, path in sizes if lines > most]
    assert not too_long
    assert median(lines for lines, _ in sizes) <= most_median
