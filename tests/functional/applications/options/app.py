"""Functions with the options that the local AWS supports, for the test."""

import os
import sys

import sparta
from sparta.aws import Queue

failed = Queue("Failed")
done = Queue("Done")
group = sparta.Resource("Shared", "AWS::Logs::LogGroup", {"LogGroupName": "options-shared"})


@sparta.function(
    on_failure=failed,
    retries=0,
    event_age_s=60,
    ephemeral_storage_mb=1024,
    log_retention_days=30,
    reserved_concurrency=5,
    recursion="Allow",
    tags={"team": "orders"},
    tracing="Active",
)
def fail() -> None:
    raise RuntimeError("on purpose")


@sparta.function(dead_letter=failed, on_success=done, logging=sparta.Logging("JSON", group=group))
def succeed() -> str:
    sparta.logger.info("shared line")
    return "done"


@sparta.function(python="3.13")
def elsewhere() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


@sparta.function(alias="stable", environment={"STATE": "first"})
def published(request: sparta.Request[None], context: sparta.Context) -> str:
    return f"{request.path}{os.environ['STATE']} {context.invoked_function_arn.rpartition(':')[2]}"


if __name__ == "__main__":
    sparta.main(
        "Options",
        functions=[fail, succeed, elsewhere],
        python="3.12",
        api=sparta.HttpApi("options").get("/", published),
    )
