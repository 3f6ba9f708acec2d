"""Secrets and parameters in the tests of an application, and what they are without."""

from __future__ import annotations

import pytest

import sparta
import sparta.testing
from sparta.aws import Parameter, Queue, Secret
from sparta.errors import DiscoveryError
from sparta.runtime import fetched
from sparta.runtime.aws_request import AwsRefusal
from sparta.runtime.fetched import Fetched


class Credentials(sparta.Model):
    user: str


database = Secret("ValuesDatabase", Credentials)
limit = Parameter("ValuesLimit", 5)
outside = Secret.existing("prod/key")


@sparta.function(uses=[database.read(), limit.read()])
def answer() -> tuple[str, int]:
    return database.get().user, limit.get()


def test_a_test_gives_values() -> None:
    with sparta.testing.values({database: Credentials(user="u"), limit: 7, outside: "key"}):
        assert answer() == ("u", 7)
        assert outside.get() == "key"


def test_without_them_the_message_says_how() -> None:
    for one in (answer, outside.get):
        with pytest.raises(DiscoveryError, match=r"sparta.testing"):
            one()


def test_only_what_is_fetched_has_a_value() -> None:
    with pytest.raises(DiscoveryError, match="has no value that is fetched"):
        sparta.testing.values({Queue("ValuesQueue"): "x"})  # type: ignore[dict-item]


class Told(Fetched[int]):
    """Fetches what it is told to."""

    of = int
    declared_at = "app.py:1"

    def __init__(self, texts: list[str | AwsRefusal], max_age_s: float) -> None:
        self.texts = texts
        self.max_age_s = max_age_s

    def _name(self) -> str:
        return "told"

    def _shown(self) -> str:
        return "the number"

    def _text_of(self, name: str) -> str:
        assert name == "told"
        text = self.texts.pop(0)
        if isinstance(text, AwsRefusal):
            raise text
        return text


@pytest.fixture
def in_lambda(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "f")


@pytest.mark.usefixtures("in_lambda")
def test_it_is_fetched_once_until_it_is_old() -> None:
    kept = Told(["1", "2"], max_age_s=300)
    assert [kept.get(), kept.get()] == [1, 1]
    fresh = Told(["1", "2"], max_age_s=0)
    assert [fresh.get(), fresh.get()] == [1, 2]


@pytest.mark.usefixtures("in_lambda")
def test_an_old_value_is_better_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetched, "STALE_S", -1.0)
    found = Told(["1", AwsRefusal("Throttling", "slow"), "3"], max_age_s=0)
    assert [found.get(), found.get(), found.get()] == [1, 1, 3]


@pytest.mark.usefixtures("in_lambda")
def test_a_refusal_of_the_first_says_what_and_where() -> None:
    with pytest.raises(DiscoveryError, match=r"(?s)app.py:1.*AWS refuses the number.*add its read"):
        Told([AwsRefusal("AccessDeniedException", "no")], 1).get()


@pytest.mark.usefixtures("in_lambda")
@pytest.mark.parametrize("text", ["hush", '"hush"', "{hush"])
def test_a_misfit_is_not_shown(text: str) -> None:
    with pytest.raises(DiscoveryError, match="is no int") as caught:
        Told([text], 1).get()
    assert "hush" not in str(caught.value)


def test_discover_in_a_test() -> None:
    @sparta.function(uses=[limit.read()])
    def here() -> sparta.DiscoveredStack:
        return sparta.discover()

    with sparta.testing.discovery(ValuesLimit={"name": "/test/limit"}):
        found = here()
    assert (found.region, found.stack_name) == ("us-east-1", "test")
    assert found.resources["ValuesLimit"] == {"Ref": "/test/limit"}
