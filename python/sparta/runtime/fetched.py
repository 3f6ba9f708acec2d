"""`Fetched`: a value that lives outside of the function, fetched once and kept for a time.

It never stands in the environment, the template, a log line or a message.
"""

from __future__ import annotations

from sparta.env import AWS_LAMBDA_FUNCTION_NAME, variable
from sparta.model.generic import Generic, ValueT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any

    from sparta.runtime.schema import Schema

STALE_S = 10.0
"""How long an outdated value is used again where AWS cannot be asked, before it is tried anew."""


class ProvidedValues:
    """While it is entered, values are what a test gave them."""

    __slots__ = ("values",)

    entered: tuple[ProvidedValues, ...] = ()

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self.values = values

    def __enter__(self) -> None:
        ProvidedValues.entered = (self, *ProvidedValues.entered)

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        ProvidedValues.entered = tuple(one for one in ProvidedValues.entered if one is not self)


class Fetched(Generic[ValueT]):
    """What a Secret and a Parameter share: `get()`.

    Subclasses set the three attributes in their constructor and say how the text is fetched.
    """

    of: Any
    """The type of the value."""
    max_age_s: float
    """Seconds after which it is fetched anew."""
    declared_at: str
    kept: tuple[Any, float] | None = None
    """The value, and the time until which it holds."""
    schema: Schema | None = None

    def get(self) -> ValueT:
        """Return the value: fetched at the first call, then kept for `max_age_s`.

        Where AWS cannot be reached for a newer one, the old one is returned.

        Returns:
            The text, or what its JSON decodes to.

        Raises:
            DiscoveryError: The function did not declare it, AWS refuses, the value does not fit
                its type, or this is not Lambda and no test gave a value.
        """
        import time

        for provided in ProvidedValues.entered:
            if self in provided.values:
                value: ValueT = provided.values[self]
                return value
        now_s = time.time()  # a clock that goes on while a snapshot sleeps
        if self.kept is None or now_s >= self.kept[1]:
            self.kept = self._fetched_at(now_s)
        found: ValueT = self.kept[0]
        return found

    def prepare(self) -> None:
        """Import what fetching needs; called in INIT."""
        from sparta.runtime.aws_request import prepare_requests

        prepare_requests()

    def _fetched_at(self, now_s: float) -> tuple[Any, float]:
        from sparta.runtime.aws_request import AwsRefusal

        name = self._known_name()
        try:
            text = self._text_of(name)
        except AwsRefusal as refusal:
            if self.kept is not None:
                return self.kept[0], now_s + STALE_S
            raise self._error(
                f"AWS refuses {self._shown()}: {refusal}", fix=self._refusal_fix(refusal.code)
            ) from None
        return self._decoded(text), now_s + self.max_age_s

    def _known_name(self) -> str:
        """Return the name or ARN to ask for; outside of Lambda there is none."""
        name = self._name()
        if not variable(AWS_LAMBDA_FUNCTION_NAME):
            raise self._error(
                f"{self._shown()} has a value only in a deployed function",
                fix="give it one in the test, with sparta.testing.values({...: ...})",
            )
        return name

    def _decoded(self, text: str | bytes) -> Any:  # noqa: ANN401 - what its author asked for
        if self.of in (str, bytes):
            return text if isinstance(text, self.of) else self._misfit("text or bytes, not both")
        from sparta.errors import EventError
        from sparta.runtime.codec import InvalidJsonError, value_of_json
        from sparta.runtime.decode import decode
        from sparta.runtime.schema import schema_of

        if self.schema is None:
            self.schema = schema_of(self.of, where=self.declared_at)
        try:
            value = value_of_json(text if isinstance(text, str) else text.decode())
            return decode(self.schema, value, "value")
        except (InvalidJsonError, UnicodeDecodeError):
            return self._misfit("not JSON")  # the parser's own words could show it
        except EventError as error:
            return self._misfit("; ".join(str(problem) for problem in error.problems))

    def _misfit(self, what: str) -> Any:  # noqa: ANN401 - it never returns
        wanted = getattr(self.of, "__name__", self.of)
        fix = "store what its type asks for, or declare it with another of="
        raise self._error(f"the value of {self._shown()} is no {wanted}: {what}", fix=fix)

    def _error(self, what: str, *, fix: str) -> Exception:
        from sparta.errors import DiscoveryError

        return DiscoveryError(what, where=self.declared_at, fix=fix)

    def _refusal_fix(self, code: str) -> str:
        if "AccessDenied" in code:
            return "add its read() to the uses= of the function, then provision again"
        if "NotFound" in code:
            return "make it, or correct its name"
        return "try again; the function's network has to reach the service"

    def _name(self) -> str:
        """Return the name or ARN by which it is fetched; a token outside of Lambda."""
        raise NotImplementedError

    def _shown(self) -> str:
        """Return what messages call it."""
        raise NotImplementedError

    def _text_of(self, name: str) -> str | bytes:
        """Ask AWS for it."""
        raise NotImplementedError
