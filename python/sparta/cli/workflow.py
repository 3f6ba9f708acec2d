"""Runs an application's hooks at each stage of one command."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sparta.app.hooks import ArchiveFiles, WorkflowContext
from sparta.errors import HookError, Problem, SpartaError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.cli.console import Console
    from sparta.template.template import Template


class Workflow:
    """The hooks of one command, in their order.

    Args:
        application: The application.
        console: Told each hook that is called.
        artifacts: The folder of what is made.
        flags: The values of the application's own flags.
    """

    def __init__(
        self,
        application: Application,
        console: Console,
        artifacts: Path,
        flags: Mapping[str, Any] | None = None,
    ) -> None:
        self.hooks = application.hooks
        self.console = console
        values = {**self.hooks.values, **(flags or {})}
        self.added: dict[str, bytes] | None = None
        self.context = WorkflowContext(application, artifacts, noop=False, values=values)

    def run(self, stage: str) -> None:
        """Call the hooks of a stage that takes the context and nothing else."""
        for hook in getattr(self.hooks, stage):
            self._call(stage, hook, self.context)

    def archive(self) -> dict[str, bytes]:
        """Return what hooks add to the archives, by path; they are called once."""
        if self.added is None:
            self.run("after_build")
            files = ArchiveFiles()
            for hook in self.hooks.archive:
                self._call("archive", hook, self.context, files)
            self.added = files.added
        return self.added

    def templated(self, template: Template) -> None:
        """Call the hooks that come after the template, and the validators, all of them.

        Raises:
            TemplateError: With what every validator that raised has to say.
        """
        self.run("after_template")
        problems: list[Problem] = []
        for validator in self.hooks.validate:
            try:
                self._call("validate", validator, self.context, copy.deepcopy(template.document()))
            except SpartaError as error:
                problems += error.problems
        if problems:
            raise TemplateError.of(problems)

    @contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Call rollbacks, the last one first, where what is done within fails."""
        try:
            yield
        except BaseException:
            for undo in reversed((*self.hooks.rollback, *self.context.rollbacks)):
                try:
                    self._call("rollback", undo, self.context)
                except SpartaError as error:
                    # What failed first is what has to be told; this comes beside it.
                    for problem in error.problems:
                        self.console.warn(str(problem))
            raise

    def _call(self, stage: str, hook: Callable[..., object], *arguments: object) -> None:
        name = getattr(hook, "__name__", repr(hook))
        self.console("Calling WorkflowHook", Phase=stage, Name=name)
        try:
            hook(*arguments)
        except SpartaError:
            raise
        except Exception as error:
            text = f"the hook {name} of {stage} failed: {type(error).__name__}: {error}"
            raise HookError(text, where=_raised_at(error) or self.hooks.declared_at) from error


def _raised_at(error: Exception) -> str:
    """Return the file and line where it was raised."""
    place, traceback = "", error.__traceback__
    while traceback is not None:
        place = f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
