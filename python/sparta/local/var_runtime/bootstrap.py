"""Stands where `/var/runtime/bootstrap.py` does on Lambda: search path, then AWS's client.

Run as a script, by the interpreter of a virtual environment that holds `awslambdaric`, with the
environment of a function and nothing of Sparta on its path. Exec wrappers are given it as their
second argument.
"""

from __future__ import annotations

import os
import site
import sys

# On Lambda the task root is read-only; here it might be writable, and stale bytecode would stay.
sys.dont_write_bytecode = True

TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
SITE_PACKAGES = os.environ["LAMBDA_RUNTIME_DIR"]


def arrange_path() -> None:
    """Order `sys.path` as AWS does: the task root, layers, AWS's client and boto3, the rest.

    Layers stand in PYTHONPATH, where the function has none of its own.
    """
    layers = [path for path in os.environ.get("PYTHONPATH", "").split(":") if path]
    rest = [path for path in sys.path[1:] if path not in layers]
    sys.path[:] = [TASK_ROOT, *layers, SITE_PACKAGES, *rest]
    for folder in (TASK_ROOT, *layers):
        site.addsitedir(folder)
    os.environ.setdefault("PYTHONPATH", SITE_PACKAGES)


if __name__ == "__main__":
    arrange_path()
    # Under this name, by which agents find AWS's client to change it.
    import awslambdaric.__main__ as awslambdaricmain

    awslambdaricmain.main([TASK_ROOT, os.environ["_HANDLER"]])
