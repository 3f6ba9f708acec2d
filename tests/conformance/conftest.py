"""The processes that answer the vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.processes import Processes

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """Give the processes of this session, and leave none behind."""
    kept = Processes(tmp_path_factory.mktemp("conformance"))
    yield kept
    kept.close()
