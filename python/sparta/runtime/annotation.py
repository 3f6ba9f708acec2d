"""Annotations as objects: read from functions and classes, evaluated where they are text.

`typing.get_type_hints` and `inspect` do this too, for 11 and 15 ms of a cold start.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FunctionType
    from typing import Any

    Scope = tuple[dict[str, Any], Mapping[str, object]]
    """Where the names of an annotation are looked up: module globals, and nearer names."""


def annotations_of(owner: Callable[..., object]) -> Mapping[str, Any]:
    """Return the annotations of a function or class itself, without those of base classes.

    From Python 3.14 on reading them evaluates them. Where that meets a name that exists only for
    type checkers, the rest is still given, with that one as a forward reference.
    """
    try:
        found: Mapping[str, Any] = getattr(owner, "__annotations__", {})
    except NameError:
        import annotationlib  # type: ignore[import-not-found,unused-ignore]

        found = annotationlib.get_annotations(owner, format=annotationlib.Format.FORWARDREF)
    return found


def scope_of_function(function: FunctionType) -> Scope:
    """Return where the annotations of `function` look up names: its globals and closure."""
    nearer: dict[str, object] = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
        try:
            nearer[name] = cell.cell_contents
        except ValueError:
            continue  # the name is assigned later than this is read
    return function.__globals__, nearer


def scope_of_class(cls: type) -> Scope:
    """Return where the annotations of `cls` look up names: its module, and the class itself."""
    module = sys.modules.get(cls.__module__)
    return (module.__dict__ if module else {}), {cls.__name__: cls}


def evaluated(annotation: Any, scope: Scope) -> Any:  # noqa: ANN401 - any annotation
    """Return what `annotation` means, if it is text or a forward reference; else itself.

    Raises:
        Exception: Whatever evaluating the text raises, mostly NameError.
    """
    if type(annotation).__name__ == "ForwardRef":
        module = sys.modules.get(str(annotation.__forward_module__))
        scope = (module.__dict__, scope[1]) if module else scope
        annotation = annotation.__forward_arg__
    if type(annotation) is str:
        # The text is code of the module that is being read, as its other annotations are.
        annotation = eval(annotation, scope[0], scope[1])  # noqa: S307
        return evaluated(annotation, scope)
    return annotation


def field_owner(cls: type, name: str) -> type:
    """Return the class among `cls` and its bases whose body annotates `name`."""
    for base in cls.__mro__:
        if name in annotations_of(base):
            return base
    return cls


def annotation_text(annotation: Any) -> str:  # noqa: ANN401 - any annotation
    """Return an annotation as its author wrote it, as nearly as that can be told."""
    if type(annotation) is str:
        return annotation
    if isinstance(annotation, type):
        return annotation.__qualname__
    return str(getattr(annotation, "__forward_arg__", annotation))
