"""A right that is not known everywhere yet is waited for; nothing else is."""

from __future__ import annotations

import pytest

from sparta.providers import patience
from sparta.providers.patience import patient


class DeniedError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.response = {"Error": {"Code": code}}


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_WAITS_S", (0.0, 0.0))


@pytest.mark.parametrize(
    ("codes", "left"), [(["403"], 0), (["AccessDenied"] * 2, 0), (["NoSuchKey"], 0)]
)
def test_denials_pass(codes: list[str], left: int) -> None:
    waiting = list(codes)

    def work(done: list[str]) -> None:
        if waiting:
            raise DeniedError(waiting.pop())
        done.append("done")

    done: list[str] = []
    if codes == ["NoSuchKey"]:
        with pytest.raises(DeniedError):
            patient(work)(done)
        assert done == []
    else:
        patient(work)(done)
        assert done == ["done"]
    assert len(waiting) == left


def test_a_denial_that_stays_is_said() -> None:
    def work() -> None:
        raise DeniedError("AccessDenied")

    with pytest.raises(DeniedError):
        patient(work)()
