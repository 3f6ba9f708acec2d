"""The options that several commands have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click

from sparta.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sparta.cli.session import Session

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Where:
    """Which AWS a command is for.

    Args:
        local: Whether it is the local one.
        region: Such as `eu-west-1`; None for the environment's.
        profile: A profile of the user's AWS configuration; None for the environment's.
    """

    local: bool = False
    region: str | None = None
    profile: str | None = None


def aws_options(command: Callable[Concatenate[Session, Where, P], R]) -> Callable[P, R]:
    """Give a command the options that choose an AWS; it gets them as a Where, after its Session."""

    @click.option("--local", is_flag=True, help="Use the local AWS, which runs on this machine.")
    @click.option("--region", metavar="REGION", help="The AWS region, such as eu-west-1.")
    @click.option("--profile", metavar="NAME", help="A profile of your AWS configuration.")
    @debug_option
    @click.pass_obj
    @wraps(command)
    def with_where(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
        where = _where(
            local=bool(kwargs.pop("local")),
            region=kwargs.pop("region"),  # type: ignore[arg-type]
            profile=kwargs.pop("profile"),  # type: ignore[arg-type]
        )
        return command(session, where, *args, **kwargs)

    return with_where


def _where(*, local: bool, region: str | None, profile: str | None) -> Where:
    if local and (region or profile):
        what = "The local AWS has a region and credentials of its own"
        raise UsageError(what, fix="Leave out --region and --profile, or --local")
    return Where(local, region, profile)


def debug_option(command: F) -> F:
    """Give a command `--debug`: it shows tracebacks."""
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_debug,
        help="Show tracebacks of errors.",
    )(command)


def app_option(command: F) -> F:
    """Give a command `--app`: which file declares the application."""
    return click.option(
        "--app",
        metavar="FILE",
        expose_value=False,
        callback=_app,
        help="The application's file; otherwise [tool.sparta] app of pyproject.toml, or app.py.",
    )(command)


def _debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    session: Session = ctx.obj
    session.debug = session.debug or value


def _app(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    session: Session = ctx.obj
    session.app = value or session.app
