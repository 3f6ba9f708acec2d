"""The layers of a function: which there may be, by name, and which of them it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from sparta.app.function import Function

BASE_LAYER = "dependencies"
"""The layer of what every function needs, where that is large."""


def group_layer(group: str) -> str:
    """Return the name of the layer of a dependency group."""
    return f"{BASE_LAYER}-{group}"


def layers_of(function: Function[Any, Any], present: Collection[str]) -> list[str]:
    """Return the layers that a function takes, in Lambda's order.

    Args:
        function: The function.
        present: The layers that the package has.
    """
    own = [BASE_LAYER, *([group_layer(function.dependencies)] if function.dependencies else [])]
    return [name for name in own if name in present]
