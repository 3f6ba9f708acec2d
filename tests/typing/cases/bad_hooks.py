"""Mistakes with hooks, decorators, interceptors and archetypes; each marked line is an error."""

import sparta
from sparta import archetypes, events
from sparta.aws import Bucket, Queue

uploads = Bucket("Uploads")
jobs = Queue("Jobs")


def on_message(event: events.Sqs) -> None: ...
def decorate(context: sparta.TemplateContext) -> dict[str, str]:
    return {}


def add(context: sparta.WorkflowContext) -> None: ...


archetypes.s3_reactor(on_message, uploads)  # error: a handler of another event
archetypes.sqs_reactor(on_message, uploads)  # error: no queue
sparta.Hooks(decorate=[decorate])  # error: it returns no Fragment
sparta.Hooks(archive=[add])  # error: it takes no archive
sparta.Hooks(after_all=[add])  # error: no such stage
sparta.function(interceptors=[add])  # error: no interceptor
sparta.Fragment(resources={"A": {}})  # error: not a sequence of resources
sparta.main("Hooked", commands=["greet"])  # error: no command of click
