"""Answers AWS's client by the C ABI of Sparta's native core: bytes in, bytes out.

AWS's client keeps everything else: the
Runtime API, the log, the context of its own, agents that look into it. `docs/abi.md` has the rules
of the ABI; `_sparta_cffi` its declarations, in a form that needs the module `_cffi_backend` only.
"""

import os
import sys
from posix import environ

_STATUS_OK, _STATUS_EXIT = 0, 5
_MEDIA_TYPES = ("application/json", "application/unknown")
_JSON = "application/json"


_entries = {}


def entry(name):
    """Return what answers the events of one function; agents may ask for it more than once."""
    if name not in _entries:
        _entries[name] = _loaded(name)
    return _entries[name]


def _loaded(name):
    """Load one function: by Python first, so that AWS's client reports what is wrong with it."""
    rust = os.environ.get("SPARTA_RUST_FUNCTION")
    if rust and name.startswith("__"):
        raise AttributeError(name)
    # Nothing of the application is imported for a function that is not in Python.
    found = None if rust else _of_index(name)
    try:
        library = _Library()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it
        sys.stderr.write(f"sparta: AWS's client serves this function: {error}\n")
        return found or _of_index(name)
    return _Door(library, f"rust:{rust}" if rust else f"index.{name}").answer


def _of_index(name):
    import index

    return getattr(index, name)


class _RawEvent:
    """An event as it came, on its way through AWS's client to the handler."""

    __slots__ = ("body", "content_type")

    def __init__(self, body, content_type):
        self.body = body
        self.content_type = content_type


class _Answer:
    """A response as it leaves, on its way through AWS's client to Lambda."""

    __slots__ = ("body", "content_type")

    def __init__(self, body, content_type):
        self.body = body
        self.content_type = content_type


class _Marshaller:
    """Takes the place of AWS's: events are not decoded, responses not encoded."""

    def __init__(self, replaced):
        self._replaced = replaced

    def unmarshal_request(self, request, content_type=_JSON):
        return _RawEvent(request, content_type)

    def marshal_response(self, response):
        if type(response) is _Answer:
            return response.body, response.content_type
        return self._replaced.marshal_response(response)


class _Library:
    """The native library, by its C ABI."""

    def __init__(self):
        from _sparta_cffi import ffi

        self.ffi = ffi
        # It stays when nobody holds it any more: Python has classes from it.
        kept = ffi.RTLD_NOW | ffi.RTLD_NODELETE
        self.lib = ffi.dlopen(f"{__file__.rpartition('/')[0]}/_sparta.abi3.so", kept)
        version = self.lib.sparta_abi_version()
        if version != self.lib.SPARTA_ABI_VERSION:
            raise ImportError(f"the native library has version {version} of the ABI")

    def taken(self, buffer):
        """Return a copy of what a buffer holds, and free it."""
        try:
            return self.ffi.buffer(buffer.bytes, buffer.length)[:]
        finally:
            self.lib.sparta_buffer_free(buffer)


class _Texts:
    """Texts that C reads; what is the same for the next event is left as it is."""

    def __init__(self, ffi, places):
        self._ffi = ffi
        self._chars = ffi.typeof("char[]")
        self._places = places
        self._values = [None] * len(places)
        self._kept = [None] * len(places)

    def set(self, values):
        """Write `values` to their places; None is NULL."""
        for number, value in enumerate(values):
            if value == self._values[number]:
                continue
            place = self._places[number]
            self._values[number] = value
            if value is None:
                place.bytes, place.length = self._ffi.NULL, 0
            else:
                encoded = value.encode()
                # C has an address of it only: the object has to be kept.
                self._kept[number] = pointer = self._ffi.from_buffer(self._chars, encoded)
                place.bytes, place.length = pointer, len(encoded)


class _Door:
    """One function, ready for events; one at a time, as AWS's client has them."""

    def __init__(self, library, name):
        ffi, lib = library.ffi, library.lib
        self._library = library
        self._invoke = lib.sparta_invoke
        names = ffi.new("SpartaText *")
        self._name = names[0]
        self._name_text = _Texts(ffi, (self._name,))
        self._name_text.set((name,))
        runtime, self._out = ffi.new("SpartaRuntime **"), ffi.new("SpartaBuffer *")
        status = lib.sparta_open(names, 1, runtime, self._out)
        if status != _STATUS_OK:
            _fail(status, library.taken(self._out))
        self._runtime = runtime[0]
        self._names = names
        self._given = given = ffi.new("SpartaContext *")
        self._texts = _Texts(
            ffi,
            (
                given.request_id,
                given.function_arn,
                given.client_context,
                given.cognito_identity,
                given.tenant_id,
                given.content_type,
            ),
        )
        self._marshals = _take_marshaller()
        # What tells `sparta.logger` which event it is, as the pure runtime does.
        written = sys.modules.get("sparta.runtime.structured_log")
        self._scope = None if written is None else written.scope

    def answer(self, event, context):
        """Answer one event, as AWS's client calls a handler."""
        if type(event) is not _RawEvent:
            event = _encoded(event)
        if self._scope is not None:
            self._scope.context = context
        identity, client = _identity(context.identity), context.client_context
        self._texts.set(
            (
                context.aws_request_id,
                context.invoked_function_arn,
                None if client is None else _client_context(context),
                identity,
                context.tenant_id,
                event.content_type,
            )
        )
        self._given.deadline_ms = int(context._epoch_deadline_time_in_ms or 0)
        body, out = event.body, self._out
        status = self._invoke(self._runtime, self._name, body, len(body), self._given, out)
        media_type = out.media_type
        response = self._library.taken(out)
        if status != _STATUS_OK:
            _fail(status, response)
        if self._marshals:
            return _Answer(response, _MEDIA_TYPES[media_type])
        return response if media_type else _decoded(response)


def _take_marshaller():
    """Replace AWS's marshaller, where that leaves nobody without an event; else say why not."""
    client = sys.modules.get("awslambdaric.lambda_runtime_client")
    runtime_client = getattr(client, "LambdaRuntimeClient", None)
    marshaller = getattr(runtime_client, "marshaller", None)
    if environ.get(b"_HANDLER", b"").rpartition(b".")[0] != b"_sparta_handler":
        # Datadog's, for one: it looks into events, and calls ours.
        reason = "another handler is in front"
    elif type(marshaller).__name__ != "LambdaMarshaller":
        # One of the application's own, which AWS documents as allowed, stays.
        reason = "no marshaller of AWS's client to replace"
    else:
        runtime_client.marshaller = _Marshaller(marshaller)
        return True
    sys.stderr.write(f"sparta: {reason}: events are re-encoded\n")
    return False


def _fail(status, document):
    """Raise what AWS's client reports as the error of this document."""
    error = _decoded(document)
    error_type, text = error["errorType"], error["errorMessage"]
    if status == _STATUS_EXIT:
        if error_type == "KeyboardInterrupt":
            raise KeyboardInterrupt
        if error_type == "SystemExit":
            raise SystemExit(int(text))
        # What Python writes where such an exception ends a process.
        stack = "".join(error["stackTrace"])
        last = f"{error_type}: {text}" if text else error_type
        sys.stderr.write(f"Traceback (most recent call last):\n{stack}{last}\n")
        raise SystemExit(1)
    fault = getattr(
        sys.modules.get("awslambdaric.lambda_runtime_exception"), "FaultException", None
    )
    if fault is None:
        raise type(error_type, (Exception,), {})(text)
    # Of the error's own name and text, for agents that see what a handler raises.
    named = type(error_type, (fault,), {"__str__": lambda _self: text})
    raise named(error_type, text, error["stackTrace"])


def _client_context(context):
    """Return the JSON that AWS's client made its ClientContext of."""
    client = context.client_context
    fields = {"custom": client.custom, "env": client.env}
    if client.client is not None:
        names = ("installation_id", "app_title", "app_version_name", "app_version_code")
        names = (*names, "app_package_name")
        fields["client"] = {name: getattr(client.client, name) for name in names}
    trace = context.w3c() if hasattr(context, "w3c") else None
    if trace:
        fields["w3c"] = trace
    return _text(fields)


def _identity(identity):
    """Return the JSON that AWS's client made its CognitoIdentity of; None of an empty one."""
    own, pool = identity.cognito_identity_id, identity.cognito_identity_pool_id
    if own is None and pool is None:
        return None
    return _text({"cognitoIdentityId": own, "cognitoIdentityPoolId": pool})


def _encoded(event):
    """Return an event that AWS's client decoded in its first form."""
    if isinstance(event, bytes):
        return _RawEvent(event, "application/octet-stream")
    return _RawEvent(_text(event).encode(), _JSON)


def _text(value):
    # What AWS's client has imported: this path is for it only.
    import json

    return json.dumps(value)


def _decoded(text):
    import json

    return json.loads(text)
