"""`values(...)`: gives secrets and parameters values while a test runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.errors import DiscoveryError
from sparta.runtime.fetched import Fetched, ProvidedValues

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager


def values(given: Mapping[Fetched[Any], Any]) -> AbstractContextManager[None]:
    """Return a context in which `get()` of secrets and parameters returns what is given.

    `with sparta.testing.values({database: Credentials(user="u", password="p")}): ...`

    Args:
        given: Values, each by its Secret or Parameter.

    Raises:
        DiscoveryError: A key is neither.
    """
    for key in given:
        if not isinstance(key, Fetched):
            fix = "give a Secret or a Parameter; other resources take sparta.testing.discovery"
            raise DiscoveryError(f"{key!r} has no value that is fetched", fix=fix)
    return ProvidedValues(given)
