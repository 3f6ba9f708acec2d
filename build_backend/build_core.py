"""`make core`: the native library of this machine's processor, at the path given as argument.

The builder is the one that packages for Lambda, so what tests load is what an archive carries.
"""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from sparta.errors import BuildError
from sparta.package.build_log import BuildLog
from sparta.package.builders import record, source
from sparta.package.builders.options import Options
from sparta.package.library import library_for
from sparta.package.target import Target

ROOT = Path(__file__).resolve().parent.parent
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
OLDEST_PYTHON = "3.11"
"""Its runtime has the oldest GLIBC: one library serves all."""


def report(message: str, /, **fields: object) -> None:
    """Print what the builder does."""
    shown = " ".join(f"{name}={value}" for name, value in fields.items())
    sys.stdout.write(f"core: {message} {shown}\n")
    sys.stdout.flush()


def main() -> int:
    """Build and place the library; returns the exit status."""
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    place = Path(sys.argv[1])
    try:
        log = BuildLog(ROOT / ".sparta" / "build.log")
        built = library_for(Target(OLDEST_PYTHON, architecture), Options("zig"), report, log)
    except BuildError as error:
        sys.stderr.write(f"core: {error}\n")
        return 1
    fresh = place.with_suffix(".new.so")
    shutil.copyfile(built, fresh)
    fresh.replace(place)  # a process that has the old one mapped keeps it
    made = record.made_of(place, place.name, "zig", source.sparta().key())
    listed = place.parent / record.NAME
    listed.parent.mkdir(exist_ok=True)
    listed.write_text(record.text_of({architecture: made}), encoding="utf-8")
    report("Native library", file=place, size_bytes=place.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
