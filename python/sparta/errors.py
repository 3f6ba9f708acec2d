"""Every error that Sparta raises on purpose, in one tree.

    SpartaError
    ├── DeclarationError    the application, as declared, is not valid
    ├── DiscoveryError      a resource attribute was read that this function does not know
    ├── TokenError          text that exists only after deployment was looked into before it
    ├── EventError          an event does not have the shape its handler declared
    ├── HttpStatusError     an `http_handler` answered with a status that is not success
    ├── MetricError         CloudWatch would not take a metric
    ├── TemplateError       the template would be refused, or would not work
    ├── PackageError        the archive cannot be made
    │   └── BuildError      the native library cannot be made or is not usable
    ├── DeployError         AWS refused, or the stack failed
    │   ├── StackStuckError the stack is in a state that only a human can resolve
    │   └── DetachedError   the operation goes on in AWS without us
    ├── HookError           a hook of the application failed while it was deployed
    ├── LocalError          the local AWS cannot be started or reached
    └── UsageError          the command line is not usable as given

Each carries one or more problems; a problem says where, what, and what to do. Exit codes belong to
the command line, not to these classes.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self


class Problem:
    """One thing that is wrong.

    Args:
        what: What is wrong, one sentence without a period.
        where: The user's file and line, a logical id or a path; empty when there is none.
        fix: What to do about it; empty when `what` already says it.
    """

    __slots__ = ("fix", "what", "where")

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}\n  {self.fix}" if self.fix else text

    def __repr__(self) -> str:
        return f"Problem({self.what!r}, where={self.where!r}, fix={self.fix!r})"


class SpartaError(Exception):
    """Base of all errors of Sparta; catch it to catch them all.

    Args:
        what: What is wrong.
        where: Where it is wrong.
        fix: What to do about it.
    """

    problems: tuple[Problem, ...]

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.problems = (Problem(what, where=where, fix=fix),)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Self:
        """Return one error that reports all of `problems` (at least one) at once."""
        found = tuple(problems)
        error = cls(found[0].what, where=found[0].where, fix=found[0].fix)
        error.problems = found
        return error

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class DeclarationError(SpartaError):
    """The application, as declared, is not valid."""


class DiscoveryError(SpartaError):
    """A resource attribute was read that this function did not declare or cannot know."""


class TokenError(SpartaError, TypeError):
    """Text that is only known after deployment was looked into, or sent somewhere, before it."""


class EventError(SpartaError, ValueError):
    """An event does not have the shape that its handler declared."""


class HttpStatusError(SpartaError):
    """What an `http_handler` wrote is not a success; the text is the answer, as JSON.

    Its members are `code`, `status` (its text), `headers` and `error` (the body).
    """

    __sparta_stack__ = False
    """A status is an answer, not a failure of code: no stack trace belongs to it."""


class MetricError(SpartaError):
    """CloudWatch would not take a metric as it was given."""


class TemplateError(SpartaError):
    """The template would be refused by CloudFormation, or would not work once deployed."""


class PackageError(SpartaError):
    """The archive cannot be made as asked."""


class BuildError(PackageError):
    """The native library cannot be made, or what was made cannot be used."""


class DeployError(SpartaError):
    """AWS refused a request, or the stack did not reach the state it should."""


class StackStuckError(DeployError):
    """The stack is in a state that cannot be moved on from without a human decision."""


class DetachedError(DeployError):
    """The operation goes on in AWS, but this command no longer follows it."""


class HookError(SpartaError):
    """A hook of the application raised something while it was deployed."""


class LocalError(SpartaError):
    """The local AWS cannot be started, reached or used."""


class UsageError(SpartaError):
    """The command line cannot be acted on as given."""
