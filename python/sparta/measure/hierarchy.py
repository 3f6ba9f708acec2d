"""Where the kernel lets groups of processes be made: cgroup version 2, or 1.

Sources: https://docs.kernel.org/admin-guide/cgroup-v2.html,
https://docs.kernel.org/admin-guide/cgroup-v1/cgroups.html
"""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sparta.measure.subject import MeasureError

MOUNTED_BY_US = "sparta-measure"
"""The device name of what we mount; a left-over of it is found, used and taken away again."""
_NEEDED = ("cpu", "cpuacct")


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The folders in which groups are made.

    Args:
        version: 1 or 2 of cgroup.
        quota: Groups with a CPU quota.
        usage: Groups with CPU accounting; in version 2, the same.
    """

    version: int
    quota: Path
    usage: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        """Each folder once."""
        return (self.quota,) if self.quota == self.usage else (self.quota, self.usage)


def find() -> Hierarchy:
    """Return where groups can be made; mounts version 1 where nothing is, as root.

    Raises:
        MeasureError: Nowhere; it says why.
    """
    mounts = _mounts()
    for point, kind, _options, _device in mounts:
        if kind == "cgroup2" and "cpu" in _words(point / "cgroup.controllers"):
            _give_cpu(point)
            return Hierarchy(2, point, point)
    places = {name: place for name in _NEEDED if (place := _version_1(name, mounts))}
    if len(places) < len(_NEEDED):
        if os.geteuid() != 0:
            raise MeasureError("no cgroup with the CPU controller is mounted, and only root can")
        places |= {name: _mounted(name) for name in _NEEDED if name not in places}
    return Hierarchy(1, places["cpu"], places["cpuacct"])


def _mounts() -> list[tuple[Path, str, list[str], str]]:
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8").splitlines()
    except OSError as error:
        raise MeasureError("this system has no /proc/self/mounts, so no cgroups") from error
    fields = [line.split(" ") for line in lines]
    found = [(Path(one[1]), one[2], one[3].split(","), one[0]) for one in fields]
    for point, kind, _options, device in found:
        if kind == "cgroup" and device == MOUNTED_BY_US:
            atexit.register(_unmount, point)
    return found


def _version_1(name: str, mounts: list[tuple[Path, str, list[str], str]]) -> Path | None:
    for point, kind, options, _device in mounts:
        if kind == "cgroup" and name in options:
            own = point / _own_path(name).lstrip("/")
            return own if own.is_dir() else point  # in a container the mount itself is ours
    return None


def _own_path(name: str) -> str:
    for line in Path("/proc/self/cgroup").read_text("utf-8").splitlines():
        _number, controllers, path = line.split(":", 2)
        if name in controllers.split(","):
            return path
    return "/"


def _mounted(name: str) -> Path:
    """Mount one controller of version 1 in a folder of ours, until this process ends."""
    point = Path(tempfile.mkdtemp(prefix="sparta-measure-cgroup-"))
    command = ["mount", "-t", "cgroup", "-o", name, MOUNTED_BY_US, str(point)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if run.returncode != 0:
        point.rmdir()
        raise MeasureError(f"the cgroup controller {name} cannot be mounted: {run.stderr.strip()}")
    atexit.register(_unmount, point)
    return point


def _unmount(point: Path) -> None:
    subprocess.run(["umount", str(point)], capture_output=True, check=False)  # noqa: S603, S607
    if point.is_dir() and not os.path.ismount(point):
        point.rmdir()


def _give_cpu(point: Path) -> None:
    """Let groups below `point` have a quota."""
    control = point / "cgroup.subtree_control"
    if "cpu" not in _words(control):
        try:
            control.write_text("+cpu", encoding="ascii")
        except OSError as error:
            raise MeasureError(f"cgroups get no CPU quota here: {error}") from error


def _words(file: Path) -> list[str]:
    try:
        return file.read_text("ascii").split()
    except OSError:
        return []
