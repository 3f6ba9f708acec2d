"""What a builder compiles: one cargo package that becomes one shared library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.package import cache, native_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_INPUTS = frozenset({"target", ".git", "__pycache__", ".sparta", ".venv"})


@dataclass(frozen=True, slots=True)
class Source:
    """A cargo package with a `cdylib`, and everything that decides what comes of it.

    Args:
        folder: Where cargo runs; holds `Cargo.toml`, and `Cargo.lock` where `locked`.
        package: The name of the package in it.
        library: The name of its `[lib]`; cargo writes `lib<library>.so`.
        features: Features of the package to turn on.
        reaches: Folders outside of `folder` that path dependencies lead to; a container sees them
            and `folder` at the same paths as this machine, and can only read them.
        inputs: The files and folders (absolute, in `folder` or `reaches`) that decide the bytes of
            the library; empty for all that `folder` and `reaches` hold.
        locked: Whether `Cargo.lock` has to be there and to fit. Without it cargo may write one
            into `folder`, which a container then may write to.
    """

    folder: Path
    package: str
    library: str = "_sparta"
    features: tuple[str, ...] = ()
    reaches: tuple[Path, ...] = ()
    inputs: tuple[Path, ...] = ()
    locked: bool = True

    @property
    def built_name(self) -> str:
        """The name that cargo gives to the library."""
        return f"lib{self.library}.so"

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders that a compiler has to see."""
        return (self.folder, *self.reaches)

    def files(self) -> list[Path]:
        """Return every file that decides what the library is."""
        return sorted({file for path in self.inputs or self.roots for file in _files(path)})

    def key(self) -> str:
        """Return the hash of all inputs, the same wherever the folders stand."""
        parts = [self.package, self.library, *self.features]
        files = self.files()
        for root in self.roots:
            below = [file for file in files if file.is_relative_to(root)]
            parts.append(cache.key_of_files(below, root))
        return cache.key_of(*parts)

    def cargo_words(self) -> list[str]:
        """Return the arguments of `cargo build` that choose this package."""
        words = ["--release", f"--package={self.package}"]
        if self.locked:
            words.append("--locked")
        return [*words, *(f"--features={name}" for name in self.features)]

    def remapping(self) -> list[str]:
        """Return the flags of rustc that keep this machine's paths out of the library."""
        return [f"--remap-path-prefix={root}={name}" for root, name in self._named_roots()]

    def with_own_paths(self, text: str) -> str:
        """Return what the compiler said with the names of files as they are on this machine."""
        for root, name in self._named_roots():
            if root != self.folder:  # whose files are named relative to it
                found = re.compile(rf"(?<=(?:-->|:::) ){re.escape(name)}(?=/)")
                text = found.sub(str(root).replace("\\", r"\\"), text)
        return text

    def _named_roots(self) -> list[tuple[Path, str]]:
        """Return what each root is called in the library; an inner one comes last, and wins."""
        names = ["sparta", *(root.name for root in self.reaches)]
        pairs = zip(self.roots, names, strict=True)
        return sorted(pairs, key=lambda pair: len(pair[0].parts))


def sparta() -> Source:
    """Return the source of Sparta's own library.

    Raises:
        BuildError: This Sparta came without its sources.
    """
    folder = native_source.folder()
    inputs = tuple(native_source.input_files(folder))
    return Source(folder, "sparta-library", inputs=inputs)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in path.rglob("*"):
        inside = file.relative_to(path).parts
        if file.is_file() and not NOT_INPUTS.intersection(inside):
            yield file
