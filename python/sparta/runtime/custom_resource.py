"""Serves a custom resource: a request of CloudFormation in, the provider's handler, an answer out.

Whatever happens in between is answered: an exception, properties that do not fit, attributes that
are too large, a handler that takes too long, a module that cannot be imported.
"""

from __future__ import annotations

import sys

from sparta.errors import EventError
from sparta.model.resource_request import ResourceRequest
from sparta.runtime.annotation import annotations_of, evaluated, scope_of_function
from sparta.runtime.decode import decode
from sparta.runtime.fields import fields_of_class
from sparta.runtime.property_texts import from_texts
from sparta.runtime.resource_answer import ResourceAnswer, Watchdog, load
from sparta.runtime.schema import schema_of
from sparta.runtime.signature import signature_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from sparta.runtime.schema import Schema

_RESERVED = ("ServiceToken", "ServiceTimeout")
_ASKED = ("RequestType", "ResponseURL", "StackId", "RequestId", "LogicalResourceId")
_NOT_CREATED = "-not-created"
"""The end of a physical id that says: nothing is there, and nothing has to be deleted."""
_LONGEST_NOTICE_S = 3.0


def properties_schema(create: Callable[..., object]) -> Schema:
    """Return the schema of the properties that a provider's handler takes.

    `("any",)` where its parameter is not annotated with a type: it then gets a plain dict.

    Raises:
        DeclarationError: They cannot be decoded from JSON.
    """
    signature = signature_of(create)
    function = signature.function
    annotation: Any = None
    if function is not None and signature.positional:
        annotation = annotations_of(function).get(signature.positional[0])
    if annotation is None or function is None:
        return ("any",)
    scope = scope_of_function(function)
    meaning = evaluated(annotation, scope)
    arguments = getattr(meaning, "__args__", ())
    if getattr(meaning, "__origin__", None) is not ResourceRequest or not arguments:
        return ("any",)
    return schema_of(arguments[0], scope=scope, where=signature.where)


def serving(provider: Any) -> Callable[[Any, Any], None]:  # noqa: ANN401 - it is of a higher layer
    """Return the Lambda handler of a provider.

    Args:
        provider: Has `name`, `create`, `update`, `delete` and `no_echo`.

    Raises:
        DeclarationError: Its properties cannot be decoded from JSON.
    """
    load()
    schema = properties_schema(provider.create)

    def serve(event: Any, context: Any) -> None:  # noqa: ANN401 - any JSON, any context
        _check(event)
        _Serving(provider, schema, event, context).answer()

    return serve


def refusing(error: Exception) -> Callable[[Any, Any], None]:
    """Return the Lambda handler of a provider whose module cannot be imported: it says why."""
    load()

    def refuse(event: Any, context: Any) -> None:  # noqa: ANN401 - any JSON, any context
        _check(event)
        answer = ResourceAnswer(event)
        if event["RequestType"] == "Delete" and _is_not_created(event):
            answer.succeed(str(event["PhysicalResourceId"]), {})
            return
        physical_id = event.get("PhysicalResourceId") or _derived_id(event) + _NOT_CREATED
        answer.fail(physical_id, f"the provider cannot be imported: {_text(error, context)}")

    return refuse


class _Serving:
    """One request on its way."""

    __slots__ = ("_answer", "_context", "_event", "_provider", "_request", "_schema")

    def __init__(
        self,
        provider: Any,  # noqa: ANN401 - as above
        schema: Schema,
        event: Mapping[str, Any],
        context: Any,  # noqa: ANN401
    ) -> None:
        self._provider = provider
        self._schema = schema
        self._event = event
        self._context = context
        self._answer = ResourceAnswer(event, no_echo=provider.no_echo)
        self._request: ResourceRequest[Any] | None = None

    def answer(self) -> None:
        """Do what is asked, and say what came of it."""
        remaining_s = self._context.get_remaining_time_in_millis() / 1000
        with Watchdog(remaining_s - min(_LONGEST_NOTICE_S, remaining_s / 4), self._expired):
            try:
                physical_id, attributes = self._done()
            except BaseException as error:  # noqa: BLE001 - SystemExit has to be answered too
                self._failed(error, self._left_behind())
                return
            try:
                self._answer.succeed(physical_id, attributes)
            except (TypeError, ValueError) as error:
                # What was made is there: under its own id it will be deleted.
                self._failed(error, physical_id)

    def _done(self) -> tuple[str, Mapping[str, object]]:
        kind, provider, former = self._event["RequestType"], self._provider, self._former_id
        if kind == "Delete" and (provider.delete is None or _is_not_created(self._event)):
            return former, {}
        request = self._request = self._request_of(kind)
        if kind == "Delete":
            provider.delete(request)
            return former, {}
        handler = provider.update if kind == "Update" and provider.update else provider.create
        attributes = attributes_of(handler(request))
        return request.physical_id, attributes

    def _request_of(self, kind: str) -> ResourceRequest[Any]:
        physical_id = self._former_id or _derived_id(self._event)
        if kind == "Update" and self._provider.update is None:
            # Without an update the resource is replaced: another one beside the former.
            physical_id = f"{_derived_id(self._event)}-{self._event['RequestId'][:8]}"
        return ResourceRequest(
            self._properties("ResourceProperties"),
            physical_id=physical_id,
            raw=self._event,
            context=self._context,
            old=(lambda: self._properties("OldResourceProperties")) if kind == "Update" else None,
        )

    def _properties(self, name: str) -> Any:  # noqa: ANN401 - what the provider's handlers take
        found = self._event.get(name) or {}
        given = {key: value for key, value in found.items() if key not in _RESERVED}
        return decode(self._schema, from_texts(self._schema, given), "properties")

    @property
    def _former_id(self) -> str:
        return str(self._event.get("PhysicalResourceId") or "")

    def _left_behind(self) -> str:
        """Return the physical id to fail with: what a Delete that follows will be about."""
        if self._former_id:
            return self._former_id
        derived = _derived_id(self._event)
        named = self._request.physical_id if self._request else derived
        return named if named != derived else derived + _NOT_CREATED

    def _failed(self, error: BaseException, physical_id: str) -> None:
        import traceback

        if not isinstance(error, EventError):
            sys.stdout.write("".join(traceback.format_exception(error)))
        self._answer.fail(physical_id, _text(error, self._context))

    def _expired(self) -> None:
        what = self._event["RequestType"]
        text = f"{what} of {self._event['LogicalResourceId']} did not end within the timeout of"
        reason = f"{text} {self._provider.name}: raise its timeout_s{_log_of(self._context)}"
        self._answer.fail(self._left_behind(), reason)


def attributes_of(result: object) -> Mapping[str, object]:
    """Return what a handler returned as attributes; of None there are none.

    Raises:
        TypeError: It is no Model, dataclass or dict.
    """
    if result is None:
        return {}
    if isinstance(result, dict):
        return result
    found = fields_of_class(type(result))
    if found is None:
        raise TypeError(
            f"the handler returned {type(result).__name__}: return a sparta.Model, a dataclass, "
            "a dict or None"
        )
    return {field.name: getattr(result, field.name) for field in found[1]}


def _check(event: Any) -> None:  # noqa: ANN401 - any JSON
    missing = [name for name in _ASKED if not isinstance(event, dict) or not event.get(name)]
    if missing:
        # There is nobody to answer to.
        raise EventError(f"no request of CloudFormation: {', '.join(missing)} missing")


def _is_not_created(event: Mapping[str, Any]) -> bool:
    return str(event.get("PhysicalResourceId") or "") == _derived_id(event) + _NOT_CREATED


def _derived_id(event: Mapping[str, Any]) -> str:
    """Return a physical id that stays what it is: `<stack>-<logical id>-<part of the stack's>`."""
    *_, stack, unique = ("", *str(event["StackId"]).rsplit("/", 2))
    return f"{stack}-{event['LogicalResourceId']}-{unique[:8]}"


def _text(error: BaseException, context: Any) -> str:  # noqa: ANN401 - any context
    if isinstance(error, EventError):
        return "; ".join(str(problem) for problem in error.problems) + _log_of(context)
    return f"{type(error).__name__}: {error}{_log_of(context)}"


def _log_of(context: Any) -> str:  # noqa: ANN401 - any context
    stream = getattr(context, "log_stream_name", None)
    return f" (log stream: {stream})" if stream else ""
