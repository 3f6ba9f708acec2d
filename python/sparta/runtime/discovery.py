"""Discovery: what a resource's attribute is worth, here and now.

While modules are imported, reading an attribute never raises: inside Lambda it gives the real text
if this function declared the resource, everywhere else the token. While a handler runs, an
attribute that is not declared or not known raises `DiscoveryError`, because a token in a request to
AWS would only fail later and say less.

What a function declared reaches it as JSON in SPARTA_DISCOVERY_INFO:
`{"StackName": "..", "StackId": "..", "Region": "..", "Resources": {"Orders": {"Ref": ".."}}}`.
Where that would not fit into the environment, SPARTA_DISCOVERY_PARAMETERS names the parameters of
SSM that hold the resources.
"""

from __future__ import annotations

import sys

from sparta.env import SPARTA_DISCOVERY_INFO, SPARTA_DISCOVERY_PARAMETERS, variable
from sparta.model.reference import REF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from types import TracebackType
    from typing import Any

    from sparta.errors import DiscoveryError

_STACK_ATTRIBUTES = {
    "AWS::StackName": "StackName",
    "AWS::StackId": "StackId",
    "AWS::Region": "Region",
}


class Discovered:
    """What is known at this moment; one instance, `discovered`, for the process."""

    __slots__ = ("declared", "decoded", "handler_name", "provided", "text")

    def __init__(self) -> None:
        self.handler_name = ""
        """The function whose handler Lambda runs in this process; empty before and elsewhere."""
        self.text: str | None = None
        self.decoded: Mapping[str, Any] = {}
        self.provided: tuple[ProvidedResources, ...] = ()
        self.declared: tuple[RunningHandler, ...] = ()

    def information(self) -> Mapping[str, Any]:
        """Return the decoded SPARTA_DISCOVERY_INFO; decoded once for each text."""
        text = variable(SPARTA_DISCOVERY_INFO)
        if text != self.text:
            self.decoded = _complete(_discovery_of(text)) if text else {}
            self.text = text
        return self.decoded


class RunningHandler:
    """While it is entered, the handler of `function_name` counts as running."""

    __slots__ = ("function_name", "logical_ids")

    def __init__(self, function_name: str, logical_ids: Collection[str]) -> None:
        self.function_name = function_name
        self.logical_ids = frozenset(logical_ids)

    def __enter__(self) -> None:
        discovered.declared = (*discovered.declared, self)

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # Handlers in threads or tasks may end in any order: each takes itself out.
        discovered.declared = tuple(entry for entry in discovered.declared if entry is not self)


class ProvidedResources:
    """While it is entered, resources have the attributes that a test gave them."""

    __slots__ = ("attributes",)

    def __init__(self, attributes: Mapping[str, Mapping[str, str]]) -> None:
        self.attributes = attributes

    def __enter__(self) -> None:
        discovered.provided = (self, *discovered.provided)

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        discovered.provided = tuple(entry for entry in discovered.provided if entry is not self)


discovered = Discovered()


def attribute(logical_id: str, name: str = REF) -> str:
    """Return the attribute `name` of a resource.

    Args:
        logical_id: The resource's logical id, or a pseudo parameter such as `AWS::Region`.
        name: `Ref`, or the name of a return value for Fn::GetAtt.

    Returns:
        The real text where it is known, a token where no handler runs.

    Raises:
        DiscoveryError: A handler runs, and its function did not declare the resource, or the
            attribute is not discovered.
    """
    if discovered.declared and not discovered.handler_name:
        _refuse_undeclared(logical_id, name)
    found = _known_text(logical_id, name)
    if found is not None:
        return found
    if discovered.handler_name:
        raise _unknown_in_lambda(logical_id, name)
    if discovered.declared:
        raise _unknown_in_test(discovered.declared[-1].function_name, logical_id, name)
    from sparta.model.token import Token

    return Token(logical_id, name)


def handler_runs(function_name: str) -> None:
    """Say that initialisation is over: from now on this process runs that function's handler."""
    discovered.handler_name = function_name


def running(function_name: str, declared: Collection[str]) -> RunningHandler:
    """Return a context in which the handler of a function counts as running.

    Args:
        function_name: The function's name, for messages.
        declared: The logical ids of the resources in its `uses=`.
    """
    return RunningHandler(function_name, declared)


def provide(attributes: Mapping[str, Mapping[str, str]]) -> ProvidedResources:
    """Return a context in which resources have real attributes.

    Args:
        attributes: Attribute names (`Ref`, `Arn`, ...) and texts by logical id.
    """
    return ProvidedResources(attributes)


def _known_text(logical_id: str, name: str) -> str | None:
    for provided in discovered.provided:
        text = provided.attributes.get(logical_id, {}).get(name)
        if text is not None:
            return text
    information = discovered.information()
    if logical_id in _STACK_ATTRIBUTES:
        text = information.get(_STACK_ATTRIBUTES[logical_id]) if name == REF else None
    else:
        text = information.get("Resources", {}).get(logical_id, {}).get(name)
    return text


def _refuse_undeclared(logical_id: str, name: str) -> None:
    # A handler that calls another one's Function runs it with its own role; and of handlers that
    # run at the same time, in threads or tasks, none can be told to be the one that reads.
    declared = any(logical_id in handler.logical_ids for handler in discovered.declared)
    if declared or logical_id.startswith("AWS::"):
        return
    function_name = discovered.declared[-1].function_name
    raise _error(
        f"the function {function_name} reads {logical_id}.{name}, "
        f"but does not declare {logical_id}",
        fix=f"add a grant on {logical_id} to the uses= of {function_name}",
    )


def _unknown_in_test(function_name: str, logical_id: str, name: str) -> DiscoveryError:
    return _error(
        f"the function {function_name} reads {logical_id}.{name}, "
        "which is known only in a deployed function",
        fix="give it a value in the test, with sparta.testing.discovery(...)",
    )


def _unknown_in_lambda(logical_id: str, name: str) -> DiscoveryError:
    reads = f"the function {discovered.handler_name} reads {logical_id}.{name}"
    if logical_id.startswith("AWS::"):
        return _error(
            f"{reads}, which no function is told",
            fix=f"only {' and '.join(_STACK_ATTRIBUTES)} are known inside Lambda",
        )
    if logical_id in discovered.information().get("Resources", {}):
        return _error(
            f"{reads}, an attribute that {logical_id} does not pass on",
            fix=f"name it in attributes= of {logical_id}, then provision again",
        )
    return _error(
        f"{reads}, but does not declare {logical_id}",
        fix=f"add a grant on {logical_id} to the uses= of {discovered.handler_name}, "
        "then provision again",
    )


def _discovery_of(text: str) -> Mapping[str, Any]:
    codec: Any = sys.modules.get("_sparta")
    if codec is None:
        import json

        codec = json
    try:
        decoded: Mapping[str, Any] = codec.loads(text)
    except ValueError as error:
        raise _error(
            f"{SPARTA_DISCOVERY_INFO} is not valid JSON: {error}",
            fix="it is set by provision; provision again instead of changing it by hand",
        ) from None
    return decoded


def _complete(decoded: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a function was told, with what stands in parameters instead."""
    names = variable(SPARTA_DISCOVERY_PARAMETERS)
    if not names:
        return decoded
    from sparta.runtime.discovery_parameters import resources_in_parameters

    return {**decoded, "Resources": resources_in_parameters(names.split(","))}


def _error(what: str, *, fix: str) -> DiscoveryError:
    # Most starts end well, and spare themselves the classes of errors.
    from sparta.errors import DiscoveryError

    return DiscoveryError(what, fix=fix)
