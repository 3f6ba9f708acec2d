"""`Hooks`: what an application does at each stage of its own deployment.

The stages, in their order: before_build, after_build, archive, before_template, decorate,
after_template, validate; and rollback, where any of them or the deployment fails.
"""

from __future__ import annotations

from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from sparta.app.application import Application
    from sparta.app.fragment import TemplateDecorator

    Hook = Callable[["WorkflowContext"], object]
    ArchiveHook = Callable[["WorkflowContext", "ArchiveFiles"], object]
    Validator = Callable[["WorkflowContext", Mapping[str, Any]], object]


class WorkflowContext:
    """What hooks are told, and what they tell each other.

    Args:
        application: The application, checked.
        artifacts: The folder of what is made, `.sparta/`.
        noop: Whether AWS is left alone.
        values: Whatever hooks want later ones to know; starts as `Hooks(values=...)`.
    """

    __slots__ = ("application", "artifacts", "noop", "rollbacks", "values")

    def __init__(
        self, application: Application, artifacts: Path, *, noop: bool, values: dict[str, Any]
    ) -> None:
        self.application = application
        self.artifacts = artifacts
        self.noop = noop
        self.values = values
        self.rollbacks: list[Hook] = []

    def on_failure(self, undo: Hook) -> None:
        """Have `undo` called if something fails from here on; the last one said comes first."""
        self.rollbacks.append(undo)


class ArchiveFiles:
    """What hooks add to the archive with the code."""

    __slots__ = ("added",)

    def __init__(self) -> None:
        self.added: dict[str, bytes] = {}

    def add(self, path: str, content: bytes | str) -> None:
        """Add a file.

        Args:
            path: Its place in the archive, such as `rules/discounts.json`.
            content: Bytes, or text that is written as UTF-8.

        Raises:
            ValueError: A hook added that path before, or it leads out of the archive.
        """
        parts = path.split("/")
        if path in self.added or not path or path.startswith("/") or {"", ".", ".."} & set(parts):
            raise ValueError(f"{path!r} cannot be added to the archive: it is taken, or no path")
        self.added[path] = content.encode() if isinstance(content, str) else content


class Hooks:
    """Callables for each stage; each stage's run in the order in which they are given.

    What a hook raises ends the command, with the hook's name; what was there before still works.

    Args:
        before_build: Before anything is built.
        after_build: When dependencies and the native library are there.
        archive: Then; each may add files to the archive.
        before_template: When the package is made.
        decorate: Template decorators of the whole service; see `Fragment`. They may be called more
            than once, so they only return what they add.
        after_template: When the template is made.
        validate: Then; each gets the template as CloudFormation reads it, and raises where it does
            not like it. Changes to it have no effect.
        rollback: Where something fails, in reverse order, after what hooks asked for by
            `context.on_failure(...)`.
        values: What `context.values` starts with.
    """

    __slots__ = (
        "after_build",
        "after_template",
        "archive",
        "before_build",
        "before_template",
        "declared_at",
        "decorate",
        "rollback",
        "validate",
        "values",
    )

    def __init__(
        self,
        *,
        before_build: Sequence[Hook] = (),
        after_build: Sequence[Hook] = (),
        archive: Sequence[ArchiveHook] = (),
        before_template: Sequence[Hook] = (),
        decorate: Sequence[TemplateDecorator] = (),
        after_template: Sequence[Hook] = (),
        validate: Sequence[Validator] = (),
        rollback: Sequence[Hook] = (),
        values: Mapping[str, Any] | None = None,
    ) -> None:
        self.before_build = tuple(before_build)
        self.after_build = tuple(after_build)
        self.archive = tuple(archive)
        self.before_template = tuple(before_template)
        self.decorate = tuple(decorate)
        self.after_template = tuple(after_template)
        self.validate = tuple(validate)
        self.rollback = tuple(rollback)
        self.values = values or {}
        self.declared_at = declared_at()
