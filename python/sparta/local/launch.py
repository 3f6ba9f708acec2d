"""The script that the child process runs: makes `sparta.local` importable, and nothing else.

    python -I launch.py ARGUMENTS...

Its interpreter is that of the environment with ministack. The folder above `sparta` may be the
user's whole site-packages: putting it on the path would let those packages in. So the package is
made here, without its `__init__`, around its folder alone.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    package = ModuleType("sparta")
    package.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["sparta"] = package
    import_module("sparta.local.server").main(sys.argv[1:])
