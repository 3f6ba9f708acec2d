"""The one loop of every measurement: the candidates take turns, A B C A B C, never in blocks.

The speed of a machine changes from one second to the next; taking turns lets a slow moment hit
all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")


def turns(
    candidates: Sequence[tuple[K, Callable[[], V]]],
    rounds: int,
    *,
    warming: bool = True,
    taken: Callable[[K, V], None] | None = None,
    failed: Callable[[K, Exception], None] | None = None,
    enough: Callable[[], bool] | None = None,
) -> dict[K, list[V]]:
    """Call each candidate `rounds` times, in turn.

    Args:
        candidates: What is called, by key.
        rounds: How many results each gives at most.
        warming: Whether a first round, whose results are dropped, fills the page cache.
        taken: Called with each result as it comes.
        failed: Called with what a candidate raised; it is left out from there on, the others go
            on. None lets the error through.
        enough: Asked before each round but the first that counts; True ends the loop.

    Returns:
        The results of each candidate, in their order; empty where it failed at once.
    """
    results: dict[K, list[V]] = {key: [] for key, _ in candidates}
    left = list(candidates)
    for number in range(0 if warming else 1, rounds + 1):
        if number > 1 and enough is not None and enough():
            break
        for key, call in tuple(left):
            try:
                result = call()
            except Exception as error:
                if failed is None:
                    raise
                failed(key, error)
                left = [candidate for candidate in left if candidate[0] != key]
                continue
            if number:
                results[key].append(result)
                if taken is not None:
                    taken(key, result)
    return results
