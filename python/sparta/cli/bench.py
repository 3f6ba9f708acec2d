"""`sparta bench`: the application's own functions, pure against native."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sparta.cli.options import app_option, debug_option
from sparta.cli.session import Session  # noqa: TC001 - as every command
from sparta.errors import SpartaError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.cli.console import Console
    from sparta.cli.unpacking import Chosen
    from sparta.measure.comparison import Candidate
    from sparta.measure.imports import Imports

IMPORT_RUNS = 3


@click.command("bench")
@click.option("--function", "name", metavar="NAME", help="This function only.")
@click.option("--event", "event_file", metavar="FILE", help="The event, as JSON; not a sample.")
@click.option(
    "--rounds",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="Starts of each function, by runtime and share of a core.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@app_option
@debug_option
@click.pass_obj
def command(
    session: Session, *, name: str | None, event_file: str | None, rounds: int, as_json: bool
) -> None:
    """Measure your functions on this machine, pure against native; calls no AWS.

    They get no credentials, and nothing answers at their AWS endpoint.
    """
    import tempfile
    from pathlib import Path

    from sparta.cli.bench_tables import document, functions_of, measured_table
    from sparta.cli.console import coloured
    from sparta.cli.import_tables import document as imports_document
    from sparta.cli.import_tables import drops
    from sparta.cli.render import json_text
    from sparta.measure import cgroup
    from sparta.measure.comparison import compare
    from sparta.measure.pinned import pin
    from sparta.measure.regime import E1, E2, FULL

    console = session.console
    console.keep_stdout_for_results()
    event = _event(event_file)
    reason = cgroup.unavailable()
    regimes = [FULL] if reason else [FULL, E1, E2]
    if reason:
        console.warn(f"E1 and E2, which need a CPU quota, are skipped: {reason}")
    with tempfile.TemporaryDirectory(prefix="sparta-") as folder:
        archives, skipped = _archives(session, name, Path(folder))
        console("Functions get no credentials and no AWS", Endpoint="http://127.0.0.1:9")
        console("Measuring", Rounds=rounds, Pinned=pin(), CPU=cgroup.cpu_source())
        made = compare(_candidates(archives, event), regimes, rounds)
        own = session.application().runtime
        runtime = own if own not in skipped else next(iter(archives))
        imports = _imports(archives[runtime], console)
    if as_json:
        found = {one: imports_document(each) for one, each in imports.items()}
        about = {"cpuFrom": cgroup.cpu_source(), "rounds": rounds, "notThrottled": reason}
        click.echo(json_text({**about, "skipped": skipped, **document(made), "imports": found}))
    else:
        colour = coloured(sys.stdout)
        for function, outcomes in functions_of(made).items():
            click.echo(measured_table(function, outcomes, colour=colour) + "\n")
            if function in imports:
                title = f"{function}: its biggest imports under {runtime}"
                shown = drops(imports[function], title=title, colour=colour)
                click.echo(f"{shown}\n" if shown else f"{function}: no import to drop\n")
        click.echo("Medians (least-most) of this machine's milliseconds; not those of AWS.")
    if not any(each.samples for each in made):
        raise SpartaError("No function could be started", fix="The reasons are in the table")


def _archives(
    session: Session, name: str | None, folder: Path
) -> tuple[dict[str, Chosen], dict[str, str]]:
    """Package for each runtime, the application's own last: that one stays in `.sparta/`."""
    from sparta.cli.unpacking import chosen

    own = session.application().runtime
    archives: dict[str, Chosen] = {}
    skipped: dict[str, str] = {}
    for runtime in sorted(("python", "native"), key=lambda one: one == own):
        try:
            application = session.application(runtime)
            archives[runtime] = chosen(application, name, folder, session.console)
        except UsageError:
            raise
        except SpartaError as error:
            if runtime == own:
                raise
            skipped[runtime] = str(error)
            session.console.warn(f"Without the {runtime} runtime: {error}")
    return {one: archives[one] for one in ("python", "native") if one in archives}, skipped


def _imports(found: Chosen, console: Console) -> dict[str, Imports]:
    """Return the cost of each function's imports; one that has none to tell is told of."""
    from sparta.measure.imports import imports_of
    from sparta.measure.subject import MeasureError

    made: dict[str, Imports] = {}
    for archive, function in found:
        try:
            made[function.name] = imports_of(archive, function, IMPORT_RUNS)
        except MeasureError as error:
            console.warn(f"Without the imports of {function.name}: {error}")
    return made


def _candidates(archives: dict[str, Chosen], event: bytes | None) -> list[Candidate]:
    import orjson

    from sparta.measure.comparison import Candidate
    from sparta.measure.sample_events import sample_event

    return [
        Candidate(
            function.name,
            runtime,
            archive.subject(function),
            event or orjson.dumps(sample_event(archive.application, function)),
        )
        for runtime, found in archives.items()
        for archive, function in found
    ]


def _event(file: str | None) -> bytes | None:
    """Return the file's JSON.

    Raises:
        UsageError: It cannot be read, or holds none.
    """
    if file is None:
        return None
    import json
    from pathlib import Path

    try:
        event = Path(file).read_bytes()
        json.loads(event)
    except (OSError, ValueError) as error:
        fix = "Name a file that holds one JSON document"
        raise UsageError(f"It is no event: {error}", where=f"--event {file}", fix=fix) from error
    return event
