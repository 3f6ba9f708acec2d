"""Whether a function answers a batch with the records that failed, which its mapping has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.events.batch_failures import BatchFailures
from sparta.model.polled_trigger import RecordTrigger
from sparta.runtime.annotation import annotation_text, annotations_of, evaluated, scope_of_function
from sparta.runtime.handler import handler_of
from sparta.runtime.records import RecordBatches
from sparta.runtime.signature import signature_of

if TYPE_CHECKING:
    from sparta.app.function import Function
    from sparta.model.trigger import Trigger


def reports_failures(function: Function[Any, Any], trigger: Trigger[Any]) -> bool:
    """Say whether the mapping of `trigger` has to take partial failures from `function`."""
    if not isinstance(trigger, RecordTrigger):
        return False
    said = trigger.options.get("report_failures")
    if said is not None:
        return bool(said)
    return isinstance(handler_of(function).event_type, RecordBatches) or _returns_failures(function)


def _returns_failures(function: Function[Any, Any]) -> bool:
    handler = signature_of(function.handler).function
    if handler is None:
        return False
    annotation = annotations_of(handler).get("return")
    try:
        found = evaluated(annotation, scope_of_function(handler))
    except Exception:  # noqa: BLE001 - the text is the user's, and so is what it raises
        # A name that only type checkers see: reports that nobody reads would lose records.
        return BatchFailures.__name__ in annotation_text(annotation)
    return found is BatchFailures or BatchFailures in getattr(found, "__args__", ())
