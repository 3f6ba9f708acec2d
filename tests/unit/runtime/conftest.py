"""Leaves the process as it was found: no handler runs in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.runtime import discovery

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def no_handler_runs_afterwards() -> Iterator[None]:
    yield
    discovery.discovered.handler_name = ""
