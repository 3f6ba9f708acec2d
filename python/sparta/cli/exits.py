"""Which exit code each end of a command has.

0   done, also when there was nothing to do
1   failed; the message says where, why and what to do
2   the command line cannot be acted on as given
3   a human is needed, or the operation goes on in AWS without us
"""

from __future__ import annotations

import click

from sparta.errors import DetachedError, StackStuckError, UsageError

FAILED = 1
USAGE = 2
HUMAN = 3


def exit_code(error: BaseException) -> int:
    """Return the exit code of a command that ends with `error`."""
    if isinstance(error, StackStuckError | DetachedError):
        return HUMAN
    if isinstance(error, UsageError | click.UsageError):
        return USAGE
    return FAILED
