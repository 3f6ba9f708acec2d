"""AWS's Python client with plain handlers: what a function without any framework costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from subjects.archive import task_root, without_bytecode, zip_bytes
from subjects.aws_client import served
from subjects.entry import Entry
from subjects.names import AWS_CLIENT

if TYPE_CHECKING:
    from subjects.entry import Site

FILES = {
    "hello": ("hello", None),
    "orders": ("orders", None),
    "orders_invalid": ("orders", None),
    "sqs_batch": ("sqs_batch", None),
    "json_1mb": ("json_document", None),
    "json_5mb": ("json_document", None),
    "typical": ("typical", "typical"),
    "heavy": ("heavy", "heavy"),
}
"""By workload: the module in handlers/aws_client, and the lock of what it imports."""


def plain(site: Site) -> list[Entry]:
    """Return an entry for each workload."""
    entries = []
    for workload, (module, lock) in FILES.items():
        folder = site.folder("plain", workload)
        files = [f"aws_client/{module}.py", "common/placed.py"]
        root = task_root(site, folder, files, lock)
        subject = served(site, AWS_CLIENT, root, f"{module}.handler", zip_bytes(root))
        entries.append(Entry(workload, subject))
    bare = without_bytecode(site.folder("plain", "heavy"), site.folder("plain", "heavy_sources"))
    again = {"PYTHONDONTWRITEBYTECODE": "1"}  # /var/task cannot be written to
    subject = served(site, AWS_CLIENT, bare, "heavy.handler", zip_bytes(bare), variables=again)
    return [*entries, Entry("heavy_no_bytecode", subject)]
