"""How the ends of commands are shown: metrics, outputs, the summary of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from sparta.deploy.sizes import humanised
from sparta.package.sizes import table
from sparta.template.check.limits import MAX_RESOURCES, MAX_UPLOADED_BYTES
from sparta.template.discovery import discovery_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sparta.app.function import Function
    from sparta.cli.console import Console
    from sparta.deploy.stack import Stack
    from sparta.deploy.stopwatch import Stopwatch
    from sparta.deploy.summary import Duration, Summary
    from sparta.package.packaged import Package
    from sparta.template import Template

SHOWN_DURATIONS = 10
SHOWN_SIZES = 20


def show_discovery(console: Console, function: Function[Any, Any], service: str) -> None:
    """Say where a function's environment has no room for what it discovers."""
    parameters = discovery_form(function, service).resources
    if not parameters:
        return
    what = "Its environment has no room for what it discovers: SSM holds that"
    console(what, Function=function.name, Parameters=len(parameters))
    if function.role is not None:
        right = f"ssm:GetParameter on /{service}/{function.entry_name}/discovery/*"
        console.warn(f"{function.declared_at}: its role has to allow {right}", Role=function.role)


def show_durations(console: Console, durations: Sequence[Duration]) -> None:
    """Log how long AWS worked on the slowest resources; nothing if it worked on none."""
    if durations:
        console.heading("CloudFormation Metrics")
    for one in durations[:SHOWN_DURATIONS]:
        fields = {"Resource": one.logical_id, "Type": one.resource_type}
        console("    Operation duration", Duration=f"{one.seconds:.2f}s", **fields)
    left_out = durations[SHOWN_DURATIONS:]
    if left_out:
        console(f"    {len(left_out)} more", Duration=f"at most {left_out[0].seconds:.2f}s each")


def show_pairs(console: Console, title: str, pairs: Mapping[str, str]) -> None:
    """Log names and values under a title; nothing if there are none."""
    if pairs:
        console.heading(title)
    for name in sorted(pairs):
        console(f"    {name}", Value=pairs[name])


def show_budget(console: Console, template: Template) -> None:
    """Log how much of what CloudFormation takes in one stack is used."""
    resources = f"{len(template.resources)} of {MAX_RESOURCES}"
    size = f"{len(template.to_json()):,} of {MAX_UPLOADED_BYTES:,} bytes"
    console("Stack budget", Resources=resources, Template=size)


def show_sizes(console: Console, package: Package) -> None:
    """Log how much each package in the archive and its layers takes, the biggest first."""
    rows = table(package)
    console.heading("Package Sizes")
    for row in rows[:SHOWN_SIZES]:
        zipped, unzipped = humanised(row.zipped_bytes), humanised(row.unzipped_bytes)
        console(f"    {row.name}", Zipped=zipped, Unzipped=unzipped)
    left_out = rows[SHOWN_SIZES:]
    if left_out:
        size = humanised(sum(row.unzipped_bytes for row in left_out))
        console(f"    {len(left_out)} more", Unzipped=size)
    every = (package, *package.layers.values())
    zipped = humanised(sum(one.size_bytes for one in every))
    unzipped = humanised(sum(one.unzipped_bytes for one in every))
    console("    together", Zipped=zipped, Unzipped=unzipped)
    limits = {"Unzipped": "250 MB per function", "Zipped": "50 MB to be shown in AWS's console"}
    console("    Lambda's limits", **limits)


def show_stack(console: Console, message: str, stack: Stack) -> None:
    """Log which stack it is."""
    created = stack.created_at.strftime("%Y-%m-%d %H:%M:%S %Z")
    console(message, CreationTime=created, StackId=stack.stack_id, StackName=stack.name)


def show_steps(console: Console, name: str, watch: Stopwatch) -> None:
    """Log how long each step of the command took, and all of it."""
    console.rule()
    console(f"{name} Summary")
    console.rule()
    for label, seconds in (*watch.steps, ("Total elapsed time", watch.elapsed_s)):
        console(label, **{"Duration (s)": f"{seconds:.2f}"})


def summary_document(summary: Summary, watch: Stopwatch) -> dict[str, Any]:
    """Return a summary for `--json`."""
    return {
        **stack_document(summary.stack),
        "action": summary.action,
        "resources": [
            {"logicalId": one.logical_id, "type": one.resource_type, "seconds": one.seconds}
            for one in summary.durations
        ],
        "steps": [{"step": label, "seconds": seconds} for label, seconds in watch.steps],
        "seconds": watch.elapsed_s,
    }


def stack_document(stack: Stack) -> dict[str, Any]:
    """Return a stack for `--json`."""
    return {
        "stackId": stack.stack_id,
        "stackName": stack.name,
        "status": stack.status,
        "statusReason": stack.reason,
        "createdAt": stack.created_at.isoformat(),
        "description": stack.description,
        "parameters": dict(stack.parameters),
        "outputs": dict(stack.outputs),
        "tags": dict(stack.tags),
    }


def json_text(document: Mapping[str, Any]) -> str:
    """Return `document` as JSON for people and programs."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()
