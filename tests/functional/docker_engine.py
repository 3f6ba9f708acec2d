"""A Docker engine of the tests' own, from Debian's docker.io; gone with its folder afterwards.

It has no bridge and touches no firewall rule: containers have no network. Its base image is
Debian 12 by debootstrap, with a C compiler, kept as a tar file from one run to the next.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.package import cache
from sparta.package.locked import locked

if TYPE_CHECKING:
    from collections.abc import Iterator

SUITE = "bookworm"
INCLUDED = "gcc,libc6-dev"
LEFT_OUT = ("./var/cache/apt/archives/*.deb", "./usr/share/doc", "./usr/share/locale")
PROGRAMS = ("dockerd", "docker", "containerd", "runc", "debootstrap", "tar")
START_TIMEOUT_S = 60
ADMIN_PATH = "/usr/local/sbin:/usr/sbin:/sbin"
"""Where Debian puts what only root runs."""


@dataclass(frozen=True)
class Engine:
    """A running engine.

    Args:
        host: What DOCKER_HOST has to be.
        base_image: Debian 12 with a C compiler.
    """

    host: str
    base_image: str = f"sparta-tests/{SUITE}"

    def docker(self, *words: str) -> str:
        """Run `docker`; return what it printed."""
        return subprocess.run(
            ["docker", *words],
            env=os.environ | {"DOCKER_HOST": self.host},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        ).stdout


@pytest.fixture(scope="session")
def docker_engine() -> Iterator[Engine]:
    """Start an engine for all the tests that ask for one; skip them where none can run."""
    reason = _reason_not_to()
    if reason:
        pytest.skip(f"no Docker engine: {reason}")
    folder = Path(tempfile.mkdtemp(prefix="sparta-docker-"))  # a socket's path has to be short
    try:
        with _running(folder) as engine:
            subprocess.run(
                ["docker", "import", str(_base()), engine.base_image],
                env=os.environ | {"DOCKER_HOST": engine.host},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            yield engine
    finally:
        shutil.rmtree(folder)


def _reason_not_to() -> str:
    if not sys.platform.startswith("linux") or os.getuid() != 0:
        return "only root on Linux can start one"
    path = f"{os.environ['PATH']}:{ADMIN_PATH}"
    missing = [name for name in PROGRAMS if shutil.which(name, path=path) is None]
    return f"{', '.join(missing)} missing; see requirements/system.txt" if missing else ""


class _running:  # noqa: N801 - used as a function
    """Runs the engine in `folder` while a `with` statement lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "dockerd.log"
        self._engine = Engine(f"unix://{folder}/docker.sock")

    def __enter__(self) -> Engine:
        path = f"{os.environ['PATH']}:{ADMIN_PATH}"
        words = [
            "dockerd", f"--data-root={self._folder}/data", f"--exec-root={self._folder}/exec",
            f"--pidfile={self._folder}/pid", f"--host={self._engine.host}", "--bridge=none",
            "--iptables=false", "--ip6tables=false", "--ip-masq=false", "--log-level=warn",
            "--shutdown-timeout=1",
        ]  # fmt: skip
        (self._folder / "data").mkdir()
        _keep_in_memory(self._folder / "data")
        # The engine must not outlive tests that are killed.
        tie = ["setpriv", "--pdeathsig=TERM"] if shutil.which("setpriv") else []
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*tie, *words],
                env=os.environ | {"PATH": path},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()
        return self._engine

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            # It waits for its containerd, which has nothing to save.
            for kept in self._folder.glob("exec/containerd/containerd.pid"):
                os.kill(int(kept.read_text()), signal.SIGKILL)
            self._process.wait(30)
        # The memory of its images, and what a killed engine leaves mounted.
        _unmount(self._folder)

    def _wait(self) -> None:
        """Wait until the engine answers; skip when it ends or does not."""
        socket = Path(self._engine.host.removeprefix("unix://"))
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self._process.poll() is None:
            if socket.exists():
                try:
                    self._engine.docker("version")
                except subprocess.CalledProcessError:
                    pass
                else:
                    return
            time.sleep(0.1)
        last = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:]
        self.__exit__()
        pytest.skip(f"no Docker engine: it does not start on this machine: {' | '.join(last)}")


def _base() -> Path:
    """Return the tar file of the base image; made by debootstrap when it is not there."""
    kept = cache.user_folder() / "tests"
    kept.mkdir(parents=True, exist_ok=True)
    file = kept / f"{SUITE}-{cache.key_of(INCLUDED, *LEFT_OUT)[:8]}.tar"
    with locked(kept / "debootstrap.lock"):
        if not file.is_file():
            _make_base(file)
    return file


def _make_base(file: Path) -> None:
    root = Path(tempfile.mkdtemp(prefix="sparta-debootstrap-"))
    new = file.with_suffix(".new")
    _keep_in_memory(root)
    try:
        made = subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={INCLUDED}", SUITE, str(root)],
            env=os.environ | {"PATH": f"{os.environ['PATH']}:{ADMIN_PATH}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            last = " | ".join(made.stdout.splitlines()[-3:])
            pytest.skip(f"no base image for Docker: debootstrap failed: {last}")
        excluded = [f"--exclude={name}" for name in LEFT_OUT]
        subprocess.run(["tar", "-C", root, *excluded, "-cf", new, "."], check=True)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
        _unmount(root)
        shutil.rmtree(root)


def _keep_in_memory(folder: Path) -> None:
    """Mount memory at `folder`; on a disk, dpkg and the removal of images take minutes.

    Where nothing can be mounted, the disk has to do.
    """
    words = ["mount", "-t", "tmpfs", "-o", "size=4g,mode=755", "tmpfs", str(folder)]
    subprocess.run(words, capture_output=True, check=False)


def _unmount(folder: Path) -> None:
    """Unmount `folder` and all that is mounted below it."""
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    points = [line.split()[1] for line in mounts]
    for point in reversed(points):
        if point == str(folder) or point.startswith(f"{folder}/"):
            subprocess.run(["umount", "--lazy", point], check=False)
