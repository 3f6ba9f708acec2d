"""What the archive is for: the Python version and processor of a Lambda runtime.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html (which runtime runs on
Amazon Linux 2, glibc 2.26, and which on Amazon Linux 2023, glibc 2.34).
"""

from __future__ import annotations

from dataclasses import dataclass

LAST_ON_AMAZON_LINUX_2 = (3, 11)
PROCESSORS = {"x86_64": "x86_64", "arm64": "aarch64"}
"""Lambda's word for a processor, and the one of wheels, Rust and the kernel."""


@dataclass(frozen=True, slots=True)
class Target:
    """One Lambda runtime on one processor.

    Args:
        python: The minor version, such as "3.12".
        architecture: "x86_64" or "arm64".
    """

    python: str
    architecture: str

    @property
    def glibc(self) -> tuple[int, int]:
        """The version of glibc there; a library may need no later one."""
        major, minor = self.python.split(".")
        on_first = (int(major), int(minor)) <= LAST_ON_AMAZON_LINUX_2
        return (2, 26) if on_first else (2, 34)

    @property
    def processor(self) -> str:
        """The processor, as wheels and Rust name it."""
        return PROCESSORS[self.architecture]

    @property
    def uv_platform(self) -> str:
        """The platform in the words of `uv pip install --python-platform`."""
        # uv has no name for glibc 2.26; the wheels between 2.17 and 2.26 are few.
        older = self.glibc < (2, 28)
        return f"{self.processor}-manylinux_2_{17 if older else 34}"

    @property
    def pip_platforms(self) -> tuple[str, ...]:
        """The platform tags that load there, the latest first, as `pip --platform` takes them."""
        tags = [f"manylinux_2_{minor}_{self.processor}" for minor in range(self.glibc[1], 16, -1)]
        return (*tags, f"manylinux2014_{self.processor}")

    @property
    def rust_triple(self) -> str:
        """The target in the words of `rustc`."""
        return f"{self.processor}-unknown-linux-gnu"

    @property
    def cache_tag(self) -> str:
        """The tag in the names of its bytecode files, such as `cpython-312`."""
        return "cpython-" + self.python.replace(".", "")
