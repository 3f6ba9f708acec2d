"""What is replaced inside ministack: how it runs functions, and how it reads schedules.

ministack releases often and has no interface for this, so each hook is a function of it that is
replaced by name. One version is pinned; before anything is replaced, each is checked to be there
with the parameters that are expected.
"""

from __future__ import annotations

import base64
import contextvars
import importlib
import inspect
import json
import secrets
import time
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from sparta.errors import LocalError, Problem
from sparta.local.buffered import buffered
from sparta.local.configuration import FunctionConfiguration
from sparta.local.event_shapes import as_on_aws, is_http_api
from sparta.local.executor import Code
from sparta.local.invocation import Invocation
from sparta.local.stream_failures import Checkpoints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.local.executor import Executor

LAMBDA = "ministack.services.lambda_svc"
HOOKS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (LAMBDA, "_execute_function_warm", ("func", "event", "request_id")),
    (LAMBDA, "_execute_function_provided_warm", ("func", "event", "request_id")),
    (LAMBDA, "_execute_function_docker", ("func", "event", "request_id")),
    (LAMBDA, "_invoke", ("name", "event", "headers", "path_qualifier", "query_params")),
    (LAMBDA, "invalidate_worker", ("func_name", "qualifier", "account", "region")),
    (LAMBDA, "lambda_execute_result_to_api_proxy_response", ("exec_result",)),
    (LAMBDA, "_iter_all_esms", ()),
    (LAMBDA, "_resolve_layer_zip", ("attachment",)),
    ("ministack.core.lambda_runtime", "execution_credentials", ("config",)),
    ("ministack.services.s3", "_create_bucket", ("name", "body", "headers", "endpoint_region")),
    ("ministack.services.s3", "_put_bucket_versioning", ("name", "body")),
    ("ministack.services.scheduler", "_tick_schedules", ()),
    ("ministack.services.scheduler", "_at_time_epoch", ("expr",)),
    ("ministack.services.eventbridge", "_parse_cron_fields", ("expr",)),
    ("ministack.services.eventbridge", "_cron_next_fire", ("fields", "after_dt")),
)

_NO_IMAGES = (
    "the local AWS keeps container images and does not run them: delete the stack, and "
    "`provision --local --package zip` runs the same files"
)

_client_context: contextvars.ContextVar[str | None] = contextvars.ContextVar(
    "client_context", default=None
)
_direct: contextvars.ContextVar[bool] = contextvars.ContextVar("direct", default=False)
_trace_id: contextvars.ContextVar[str] = contextvars.ContextVar("trace_id", default="")


def check(hooks: tuple[tuple[str, str, tuple[str, ...]], ...] = HOOKS) -> None:
    """Raise a LocalError that lists every hook which is not what it should be."""
    problems = [problem for hook in hooks for problem in _problems(*hook)]
    if problems:
        raise LocalError.of(problems)


def _problems(module: str, name: str, parameters: tuple[str, ...]) -> list[Problem]:
    found = getattr(importlib.import_module(module), name, None)
    if found is None:
        return [Problem("this ministack has no such function", where=f"{module}.{name}")]
    actual = tuple(inspect.signature(found).parameters)
    if actual != parameters:
        text = f"this ministack's function takes {actual}, not {parameters}"
        return [Problem(text, where=f"{module}.{name}")]
    return []


def run_functions_with(executor: Executor, endpoint_url: str, root: Mapping[str, str]) -> None:
    """Make every invocation inside ministack, whatever its source, run in `executor`.

    Args:
        executor: Runs them.
        endpoint_url: What functions find as AWS_ENDPOINT_URL.
        root: Credentials that functions get where roles are not enforced; empty where they are.
    """
    service: Any = importlib.import_module(LAMBDA)
    runtime: Any = importlib.import_module("ministack.core.lambda_runtime")
    invoke, invalidate = service._invoke, service.invalidate_worker  # noqa: SLF001
    shape = service.lambda_execute_result_to_api_proxy_response
    checkpoints = Checkpoints()

    async def invoked(
        name: str, event: object, headers: Mapping[str, str], *args: object, **options: object
    ) -> object:
        context = headers.get("x-amz-client-context")
        _client_context.set(base64.b64decode(context).decode() if context else None)
        _direct.set(True)
        _trace_id.set(headers.get("x-amzn-trace-id", ""))
        return await invoke(name, event, headers, *args, **options)

    def executed(func: Mapping[str, Any], event: object, request_id: str) -> dict[str, Any]:
        config = func.get("config") or func
        role = root or runtime.execution_credentials(config)
        variables = {**role, "AWS_ENDPOINT_URL": endpoint_url}
        if _direct.get():
            return _execute(executor, func, event, request_id, variables)
        name = config["FunctionName"]
        event = checkpoints.remaining(name, event)
        result = _execute(executor, func, event, request_id, variables)
        mappings = (esm for _, _, esm in service._iter_all_esms())  # noqa: SLF001
        if "error" not in result and checkpoints.failed(name, event, result["body"], mappings):
            result |= {"error": True}
        return result

    def shaped(exec_result: Mapping[str, Any]) -> object:
        return _failed(exec_result) if exec_result.get("error") else shape(exec_result)

    def invalidated(func_name: str, *args: object, **options: object) -> object:
        executor.forget(func_name)
        return invalidate(func_name, *args, **options)

    service._invoke = invoked  # noqa: SLF001
    service._execute_function_warm = executed  # noqa: SLF001
    service._execute_function_provided_warm = executed  # noqa: SLF001
    service._execute_function_docker = executed  # noqa: SLF001
    service.invalidate_worker = invalidated
    service.lambda_execute_result_to_api_proxy_response = shaped


def make_bucket(name: str) -> None:
    """Make a versioned bucket, in the account and region that requests without a key have."""
    s3: Any = importlib.import_module("ministack.services.s3")
    status = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    for answer in (s3._create_bucket(name, b""), s3._put_bucket_versioning(name, status.encode())):  # noqa: SLF001
        if answer[0] != 200:  # noqa: PLR2004 - HTTP's number for success
            raise LocalError(f"the bucket cannot be made: {answer[2]!r}", where=name)


def _execute(
    executor: Executor,
    func: Mapping[str, Any],
    event: object,
    request_id: str,
    credentials: Mapping[str, str],
) -> dict[str, Any]:
    config = func.get("config") or func
    if config.get("PackageType") == "Image":
        return _refusal(_NO_IMAGES)
    configuration = FunctionConfiguration.of_api(config)
    archive = func.get("code_zip")
    if not archive:
        return _refusal("the function has no code: its archive was not in the bucket")
    found = {arn: _layer_archive(arn) for arn in configuration.layers}
    missing = [arn for arn, content in found.items() if content is None]
    if missing:
        return _refusal(f"the local AWS has no code of the layer {', '.join(missing)}")
    layers = tuple(content for content in found.values() if content is not None)
    if not _direct.get():
        event = as_on_aws(event)
    invocation = Invocation(
        json.dumps(event).encode(),
        request_id,
        trace_id=_trace_id.get() or _new_trace_id(sampled=configuration.traced),
        client_context=_client_context.get(),
    )
    code = Code(archive, str(config.get("CodeSha256", "")), layers)
    try:
        execution = executor.run(configuration, code, credentials, invocation)
    except (LocalError, BadZipFile, OSError) as error:
        return _refusal(f"the local AWS cannot run this function: {error}")
    _write_log(configuration.function_name, execution.log)
    outcome = buffered(execution.outcome)
    result = _body(outcome.body)
    result |= {"log": execution.log, "log_source": "rie"}  # "rie": it has START, END and REPORT
    if outcome.kind != "response":
        result |= {"error": True, "http_api": is_http_api(event)}
    return result


def _layer_archive(arn: str) -> bytes | None:
    service: Any = importlib.import_module(LAMBDA)
    content: bytes | None = service._resolve_layer_zip(arn)  # noqa: SLF001
    return content


def _failed(result: Mapping[str, Any]) -> tuple[dict[str, Any], None]:
    """Return what API Gateway answers for a function that failed: nothing of the error."""
    http_api, rest_api = (500, "Internal Server Error"), (502, "Internal server error")
    status, text = http_api if result.get("http_api") else rest_api
    headers = {"Content-Type": "application/json"}
    return {"statusCode": status, "headers": headers, "body": json.dumps({"message": text})}, None


def _body(body: bytes) -> dict[str, Any]:
    try:
        return {"body": json.loads(body)}
    except ValueError:  # a handler may answer with bytes of any kind
        return {"body": body, "raw_payload": True}


def _refusal(text: str) -> dict[str, Any]:
    _write_log("local", text)
    return {"body": {"errorType": "LocalError", "errorMessage": text}, "error": True, "log": text}


def _new_trace_id(*, sampled: bool) -> str:
    root = f"1-{int(time.time()):08x}-{secrets.token_hex(12)}"
    return f"Root={root};Parent={secrets.token_hex(8)};Sampled={int(sampled)}"


def _write_log(name: str, text: str) -> None:
    """Write to this process's output, which is the local AWS's log file."""
    lines = "".join(f"{name}  {line}\n" for line in text.splitlines() if line)
    print(lines, end="", flush=True)  # noqa: T201
