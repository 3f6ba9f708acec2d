"""`sparta describe`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from sparta.cli.options import app_option, debug_option
from sparta.cli.session import Session  # noqa: TC001 - as every command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@click.command("describe")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@app_option
@debug_option
@click.pass_obj
def command(session: Session, *, as_json: bool) -> None:
    """Show functions, triggers, rights, next runs; asks nothing of AWS.

    Schedules come with their next three runs, in their own zone and in this machine's.
    """
    from sparta.cli.console import coloured
    from sparta.cli.description import description_of
    from sparta.cli.render import json_text
    from sparta.template import synthesize

    application = session.application()
    found = description_of(application, synthesize(application), datetime.now(UTC))
    if as_json:
        click.echo(json_text(found))
        return
    title = f"{found['service']}: {found['description']}".rstrip(": ")
    click.echo("\n\n".join([title, *_tables(found, colour=coloured(sys.stdout))]))


def _tables(found: Mapping[str, Any], *, colour: bool) -> Iterator[str]:
    from sparta.cli.table import table

    functions = found["functions"]
    for title, header, rows in (
        (
            "Functions",
            ("Name", "Memory", "Timeout", "Processor", "Python", "Declared"),
            [
                (
                    one["name"],
                    f"{one['memoryMb']} MB",
                    f"{one['timeoutS']} s",
                    one["architecture"],
                    one["python"],
                    _place(one["declaredAt"]),
                )
                for one in functions
            ],
        ),
        ("Triggers", ("Function", "Trigger", "Source", "Picks"), list(_trigger_rows(functions))),
        ("Next runs", ("Function", "Schedule", "In its zone", "Here"), list(_run_rows(functions))),
        (
            "Rights",
            ("Function", "On", "Actions"),
            [
                (one["name"], _effect(right) + right["resource"], ", ".join(right["actions"]))
                for one in functions
                for right in one["rights"]
            ],
        ),
        (
            "Routes",
            ("Method", "Path", "Function"),
            [(route["method"], route["path"], route["function"]) for route in found["routes"]],
        ),
        (
            "Resources",
            ("Name", "Type", "On delete", "Declared"),
            [
                (one["logicalId"], one["type"], one["deletionPolicy"], _place(one["declaredAt"]))
                for one in found["resources"]
            ],
        ),
        (
            "Limits of the stack",
            ("What", "Used", "Of"),
            [
                (name, f"{one['used']:,}", f"{one['limit']:,} ({one['used'] / one['limit']:.0%})")
                for name, one in found["limits"].items()
            ],
        ),
    ):
        if rows:
            yield table(title, header, rows, colour=colour)


def _trigger_rows(functions: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    import orjson

    for one in functions:
        for trigger in one["triggers"]:
            picks = [
                f"{name}={value if isinstance(value, str) else orjson.dumps(value).decode()}"
                for name, value in trigger["picks"].items()
            ]
            yield one["name"], trigger["kind"], trigger["source"], "\n".join(picks)


def _run_rows(functions: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for one in functions:
        for trigger in one["triggers"]:
            if "nextRuns" not in trigger:
                continue
            picks, runs = trigger["picks"], trigger["nextRuns"]
            schedule = f"{picks['expression']}\n{_remark(picks)}".rstrip()
            times = [(_moment(run["at"]), _moment(run["local"])) for run in runs]
            never = "never" if picks.get("enabled") is False else "never again"
            first, second = zip(*times, strict=True) if times else ((never,), ("",))
            yield one["name"], schedule, "\n".join(first), "\n".join(second)


def _remark(picks: Mapping[str, Any]) -> str:
    """Return what has to be known to read the times."""
    if picks.get("enabled") is False:
        return "switched off"
    if picks["expression"].startswith("rate") and "start" not in picks:
        return "counted from now; in truth from when it is deployed"
    window = picks.get("flexible_minutes")
    return f"or up to {window} minutes later" if window else str(picks["timezone"])


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%a %Y-%m-%d %H:%M:%S %z")


def _effect(right: Mapping[str, Any]) -> str:
    return "" if right["effect"] == "Allow" else f"{right['effect']}: "


def _place(declared_at: str) -> str:
    return declared_at.replace("\\", "/").rpartition("/")[2]
