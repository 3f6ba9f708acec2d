"""Functions with a defect on purpose: only tests/safety runs these, to see that it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.boundary.conftest import Deployment

SOURCE = """
import ctypes, _sparta
def none():
    return 1
def leaks():
    _sparta._leak(1000)
    return 1
def uses_freed_memory():
    return ctypes.CDLL(_sparta.__file__).sparta_probe_use_after_free()
def handler(event, context):
    return globals()[event]()
"""


def test_that_it_has_none(one_deployment: Deployment) -> None:
    assert one_deployment.start(SOURCE).invoke(b'"none"').body == b"1"


def test_that_it_leaks(one_deployment: Deployment) -> None:
    assert one_deployment.start(SOURCE).invoke(b'"leaks"').body == b"1"


def test_that_it_uses_freed_memory(one_deployment: Deployment) -> None:
    assert one_deployment.start(SOURCE).invoke(b'"uses_freed_memory"').kind == "exit"
