"""Applications and templates as small as a test needs them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.app.application import Application
from sparta.app.gather import gather_functions, gather_resources
from sparta.template.check.subject import Subject
from sparta.template.template import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sparta.app.function import Function
    from sparta.app.http_api import HttpApi
    from sparta.cfn.resource import Resource
    from sparta.template.check.subject import Rule


@pytest.fixture
def application() -> Callable[..., Application]:
    """Return a function that makes an application as `application_of` would."""

    def make(
        *functions: Function[Any, Any],
        api: HttpApi | None = None,
        resources: Sequence[Resource] = (),
        name: str = "Orders",
        description: str = "Takes orders",
        runtime: str = "python",
    ) -> Application:
        gathered = gather_functions(functions, api)
        return Application(
            name=name,
            description=description,
            functions=gathered,
            api=api,
            resources=gather_resources(gathered, resources),
            tags={},
            python="3.12",
            architecture="arm64",
            runtime=runtime,
            root=Path("/project"),
            app_file=Path("/project/app.py"),
            module="app",
            entries={},
            project=Path("/project"),
            declared_at="/project/app.py:90",
        )

    return make


@pytest.fixture
def problems() -> Callable[..., list[str]]:
    """Return a function that applies one rule to resources and gives its problems as text."""

    def apply(
        rule: Rule,
        resources: dict[str, Any],
        *,
        max_size_bytes: int = 1_000_000,
        **sections: Any,
    ) -> list[str]:
        template = Template("Orders", resources=resources, **sections)
        return [str(problem) for problem in rule(Subject.of(template, max_size_bytes))]

    return apply
