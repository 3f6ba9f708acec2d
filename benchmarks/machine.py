"""What a run was made on."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path


def machine() -> dict[str, str | int | None]:
    """Return what figures depend on: processor, cores, kernel, memory."""
    return {
        "architecture": platform.machine(),
        "kernel": platform.release(),
        "processor": _line("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory": _line("/proc/meminfo", "MemTotal"),
        "load_before": f"{os.getloadavg()[0]:.2f}",
    }


def output_of(*command: str) -> str | None:
    """Return what a command prints; None where it prints nothing, or is not there."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return run.stdout.strip() or None


def versions() -> dict[str, str]:
    """Return the versions of the tools that subjects are made with, of those that are here."""
    commands = {
        "rustc": ("rustc", "--version"),
        "go": ("go", "version"),
        "node": ("node", "--version"),
        "gcc": ("gcc", "-dumpfullversion"),
    }
    found = {name: output_of(*command) for name, command in commands.items()}
    return {name: text.splitlines()[0] for name, text in found.items() if text}


def _line(file: str, name: str) -> str | None:
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    found = [line.partition(":")[2].strip() for line in lines if line.startswith(name)]
    return found[0] if found else None
