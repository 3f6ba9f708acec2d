"""Hooks, decorators, interceptors and archetypes, as users write them."""

from collections.abc import Mapping
from typing import Any

import click

import sparta
from sparta import archetypes, events
from sparta.aws import Bucket

uploads = Bucket("Uploads")


class Timed(sparta.Interceptor):
    def after_dispatch(self, result: Any, context: Any) -> Any:
        return result


def decorate(context: sparta.TemplateContext) -> sparta.Fragment:
    return sparta.Fragment(outputs={"Name": context.service})


def before(context: sparta.WorkflowContext) -> None:
    context.values["started"] = True
    context.on_failure(lambda context: print(context.noop))


def add(context: sparta.WorkflowContext, archive: sparta.ArchiveFiles) -> None:
    archive.add("rules.json", "{}")


def check(context: sparta.WorkflowContext, template: Mapping[str, Any]) -> None:
    assert template["Resources"]


def on_object(event: events.S3, context: sparta.Context) -> int:
    return len(event.records)


objects = archetypes.s3_reactor(on_object, uploads, prefix="in/", memory_mb=256)
count: int = objects(events.S3({}))


@sparta.function(interceptors=[Timed()], decorators=[decorate])
def work() -> None: ...


@click.command()
def greet() -> None: ...


sparta.main(
    "Hooked",
    functions=[work, objects],
    hooks=sparta.Hooks(before_build=[before], archive=[add], decorate=[decorate], validate=[check]),
    commands=[greet],
    flags=[click.Option(["--stage"])],
)
