"""A base image like AWS's for Python, made of this machine's interpreter, as none can be pulled.

It has what Sparta counts on in `public.ecr.aws/lambda/python`: the interpreter at /var/lang, AWS's
own client at /var/runtime, an entry point that takes the handler as its argument, and a bootstrap
that honours AWS_LAMBDA_EXEC_WRAPPER.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.local.managed_runtime import managed_runtime, running_minor

if TYPE_CHECKING:
    from collections.abc import Iterator

MINOR = running_minor()
LEFT_OUT = re.compile(
    rf"/lib/python{MINOR}/(?:test|idlelib|ensurepip|tkinter|turtledemo|site-packages|config-)"
    r"|/__pycache__(?:/|$)"
)
OF_ANY_GLIBC = ("libpthread.so.0", "libdl.so.2")
"""Of which a library that also runs with an older glibc asks."""
ENTRY_POINT = """\
#!/bin/sh
export _HANDLER="$1"
exec /var/runtime/bootstrap
"""
BOOTSTRAP = f"""\
#!/bin/sh
export AWS_EXECUTION_ENV=AWS_Lambda_python{MINOR} LAMBDA_RUNTIME_DIR=/var/runtime
set -- /var/lang/bin/python{MINOR} /var/runtime/bootstrap.py
if [ -n "$AWS_LAMBDA_EXEC_WRAPPER" ]; then exec "$AWS_LAMBDA_EXEC_WRAPPER" "$@"; fi
exec "$@"
"""
SETTINGS = (
    'ENTRYPOINT ["/lambda-entrypoint.sh"]',
    "ENV LAMBDA_TASK_ROOT=/var/task",
    "ENV LAMBDA_RUNTIME_DIR=/var/runtime",
    "WORKDIR /var/task",
)


def make(docker: str, name: str) -> None:
    """Import the image under `name` into the engine that the program `docker` talks to."""
    changes = [f"--change={setting}" for setting in SETTINGS]
    content = _tar()
    subprocess.run(
        [docker, "import", *changes, "-", name], input=content, check=True, capture_output=True
    )


def _tar() -> bytes:
    found = managed_runtime(f"python{MINOR}")
    interpreter = Path(sys.base_prefix) / "bin" / f"python{MINOR}"
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", dereference=True) as tar:
        for folder in ("tmp", "var/task", "bin"):
            _add_folder(tar, folder)
        for name in ("python3", f"python{MINOR}"):
            tar.add(interpreter, f"var/lang/bin/{name}")
        library = Path(sys.base_prefix) / "lib" / f"python{MINOR}"
        tar.add(library, f"var/lang/lib/python{MINOR}", filter=_kept)
        tar.add(found.site_packages, "var/runtime", filter=_without_bytecode)
        tar.add(found.bootstrap, "var/runtime/bootstrap.py")
        tar.add(Path("/bin/sh").resolve(), "bin/sh")
        extensions = [*(library / "lib-dynload").glob("*.so"), *found.site_packages.glob("*.so")]
        for path in sorted(set(_needed(Path("/bin/sh").resolve(), interpreter, *extensions))):
            tar.add(path, path.lstrip("/"))
        _add_script(tar, "lambda-entrypoint.sh", ENTRY_POINT)
        _add_script(tar, "var/runtime/bootstrap", BOOTSTRAP)
    return buffer.getvalue()


def _needed(*files: Path) -> Iterator[str]:
    """Yield the shared libraries of `files`, the loader too, and those of any Linux."""
    for file in files:
        said = subprocess.run(["ldd", file], capture_output=True, text=True, check=True).stdout
        for path in re.findall(r"(?:=> |^\s*)(/\S+)", said, re.MULTILINE):
            yield path
            if path.endswith("/libc.so.6"):
                yield from (str(Path(path).with_name(name)) for name in OF_ANY_GLIBC)


def _kept(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if LEFT_OUT.search(f"/{entry.name}") else entry


def _without_bytecode(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in entry.name else entry


def _add_folder(tar: tarfile.TarFile, name: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode = tarfile.DIRTYPE, 0o777 if name == "tmp" else 0o755
    tar.addfile(entry)


def _add_script(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text), 0o755
    tar.addfile(entry, io.BytesIO(text.encode()))
