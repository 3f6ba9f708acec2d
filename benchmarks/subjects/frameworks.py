"""Web frameworks under AWS's client, each with its own packages in the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from subjects.archive import task_root, zip_bytes
from subjects.aws_client import served
from subjects.entry import Entry
from subjects.names import CHALICE, FLASK, MANGUM, POWERTOOLS

if TYPE_CHECKING:
    from subjects.entry import Site


class Framework(NamedTuple):
    """A framework, and what is uploaded of it.

    Args:
        name: What tables call it.
        folder: Its files, below handlers/; also the name of its lock.
        modules: By workload, the module whose `handler` serves it.
        packages: What its own deployment uploads of its packages; empty for all of them.
        environment: Variables that its documentation advises.
    """

    name: str
    folder: str
    modules: dict[str, str]
    packages: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


WEB = {"hello": "web", "orders": "web", "orders_invalid": "web"}
FRAMEWORKS = (
    Framework(MANGUM, "mangum", WEB),
    Framework(
        POWERTOOLS,
        "powertools",
        {**WEB, "sqs_batch": "sqs_batch"},
        environment=(("POWERTOOLS_SERVICE_NAME", "benchmark"),),
    ),
    # `chalice package` takes these two files of its own, whatever else is installed beside them.
    Framework(CHALICE, "chalice", WEB, packages=("chalice/__init__.py", "chalice/app.py")),
    Framework(FLASK, "flask", WEB),
)


def served_by(site: Site, framework: Framework) -> list[Entry]:
    """Return a framework's entries; one archive serves them all."""
    modules = sorted(set(framework.modules.values()))
    files = [*(f"{framework.folder}/{name}.py" for name in modules), "common/placed.py"]
    folder = site.folder(framework.folder)
    root = task_root(site, folder, files, framework.folder, framework.packages)
    size = zip_bytes(root)
    more = dict(framework.environment)
    return [
        Entry(
            workload, served(site, framework.name, root, f"{module}.handler", size, variables=more)
        )
        for workload, module in framework.modules.items()
    ]
