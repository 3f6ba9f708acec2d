"""What the commands of one run share: the console and the application."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sparta.cli.console import Console
from sparta.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.app.application import Application, Declaration
    from sparta.app.door import Door


@dataclass(slots=True)
class Session:
    """One run of the command line.

    Args:
        declaration: The application, when it was started as a script; else it is looked for.
        app: The application's file, as given by `--app`.
        debug: Whether errors show their traceback.
        console: Where log lines go.
        command: Which command it is.
        is_script: Whether the application itself was started.
        flags: Values of the application's own flags.
    """

    declaration: Declaration | None = None
    app: str | None = None
    debug: bool = False
    console: Console = field(default_factory=Console)
    command: str = "provision"
    is_script: bool = False
    flags: dict[str, Any] = field(default_factory=dict[str, Any])

    def declared(self) -> Declaration:
        """Return what the application passed to `sparta.main`; runs its file if need be.

        Raises:
            UsageError: There is no application to be found, or two.
            DeclarationError: Its file cannot be run, or does not call `sparta.main`.
        """
        from pathlib import Path

        from sparta.cli.application import declaration_of, find

        if self.declaration is None:
            self.declaration = declaration_of(find(Path.cwd(), self.app))
        elif self.is_script and self.app is not None:
            raise UsageError("The application is the script itself", fix="Leave out --app")
        return self.declaration

    def application(
        self,
        runtime: str | None = None,
        door: Door | None = None,
        package: str | None = None,
    ) -> Application:
        """Return the application, checked.

        Args:
            runtime: `python` or `native`; None leaves it to the application.
            door: The way into the native core; None leaves it to the functions.
            package: `zip` or `image`; None leaves it to the application.

        Raises:
            DeclarationError: With every problem of the declaration.
        """
        from sparta.app.application import application_of

        return application_of(
            self.declared(), runtime=runtime, door=door, package=package, project=self.project()
        )

    def project(self) -> Path:
        """Return the folder that `.sparta/` belongs to; runs nothing.

        Raises:
            UsageError: There is no application to be found.
        """
        from pathlib import Path

        from sparta.app.project import project_of
        from sparta.cli.application import find

        if self.declaration is None:
            return project_of(find(Path.cwd(), self.app))
        return project_of(Path(self.declaration.main_file))
