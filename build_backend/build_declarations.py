"""Makes `shim/_sparta_cffi.py` of `rust/python/include/sparta.h`: the C ABI as cffi reads it.

    .venv/bin/python build_backend/build_declarations.py

The out-of-line ABI mode of cffi: at run time no C is parsed and nothing but `_cffi_backend` is
imported. https://cffi.readthedocs.io/en/stable/cdef.html
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from cffi import FFI

ROOT = Path(__file__).resolve().parent.parent
HEADER = ROOT / "rust" / "python" / "include" / "sparta.h"
MODULE = ROOT / "shim" / "_sparta_cffi.py"


def declarations(header: str) -> str:
    """Return what cffi can read of the header: declarations and constants for C11."""
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", header, flags=re.DOTALL)
    code = re.sub(r'extern "C" \{|\n\}\s*#endif', "", code)
    code = re.sub(r"\n\s*: uint32_t\n|\ntypedef enum (\w+) \1;", "\n", code)
    kept = re.compile(r"(?!#)|#define \w+ \d+")
    return "\n".join(line for line in code.splitlines() if line.strip() and kept.match(line))


def module_text(header: str) -> str:
    """Return the source of the module."""
    ffi = FFI()
    ffi.cdef(declarations(header))
    ffi.set_source(MODULE.stem, None)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / MODULE.name
        ffi.emit_python_code(str(file))
        return file.read_text(encoding="utf-8")


if __name__ == "__main__":
    MODULE.write_text(module_text(HEADER.read_text(encoding="utf-8")), encoding="utf-8")
