"""Writes `.sparta/native/`: the crate that becomes the library of an application with Rust code.

It has three lines of Rust: it depends on the application's crate and on Sparta's own sources, each
where they stand, so that what the compiler says is about the user's own files. It is kept; cargo
compiles only what has changed since the last time.
"""

from __future__ import annotations

import json
import os
import tomllib
from typing import TYPE_CHECKING

from sparta.package import native_source
from sparta.package.builders.source import Source
from sparta.package.crate_reach import reach_of
from sparta.package.lock_file import merged

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.app.crate import Crate

PACKAGE = "sparta-application"
MANIFEST = """\
# Written by Sparta for each build. The library of this application: Sparta's core, and the crate
# {crate.package}.
[package]
name = "{package}"
version = "{version}"
edition = "2024"
publish = false

[lib]
name = "_sparta"
crate-type = ["cdylib"]

[dependencies]
application = {{ package = {name}, path = {path} }}
sparta-python = {{ path = {core} }}

[workspace] # of its own, whatever stands around it

[profile.release]
{profile}

{patch}"""
PATCH = """\
[patch.crates-io] # sparta-sdk is the one of this Sparta
sparta-sdk = {{ path = {sdk} }}
"""
SDK = "sdk.toml"
"""Lets cargo find sparta-sdk for the application's crate alone: `cargo test --config` takes it."""
LIBRARY = """\
//! Written by Sparta for each build: it only brings together what it names.

use application as _;
pub use sparta_python::*;
"""


def written(crate: Crate, project: Path) -> Source:
    """Write the wrapper crate of `crate`, and return it as what a builder compiles.

    Args:
        crate: The application's crate.
        project: The folder of `.sparta/`.

    Raises:
        BuildError: This Sparta came without its sources.
    """
    sparta = native_source.folder()
    folder = project / ".sparta" / "native"
    workspace = tomllib.loads((sparta / "Cargo.toml").read_text(encoding="utf-8"))
    patch = PATCH.format(sdk=_text(sparta / "rust" / "sdk"))
    manifest = MANIFEST.format(
        crate=crate,
        package=PACKAGE,
        version=workspace["workspace"]["package"]["version"],
        name=_text(crate.package),
        path=_text(crate.folder),
        core=_text(sparta / "rust" / "python"),
        patch=patch,
        profile="\n".join(
            f"{key} = {json.dumps(value)}" for key, value in workspace["profile"]["release"].items()
        ),
    )
    _write(folder / "Cargo.toml", manifest)
    _write(folder / SDK, patch)
    _write(folder / "src" / "lib.rs", LIBRARY)
    locks = [sparta / "Cargo.lock", crate.folder / "Cargo.lock"]
    texts = [lock.read_text(encoding="utf-8") for lock in locks if lock.is_file()]
    # Written anew only with other versions: cargo then adds what it resolved, and keeps to it.
    if _write(folder / "versions", "\n".join(texts)) or not (folder / "Cargo.lock").is_file():
        _write(folder / "Cargo.lock", merged(texts))
    reach = reach_of(crate.folder)
    return Source(
        folder,
        PACKAGE,
        reaches=(*reach.folders, sparta),
        inputs=(
            folder / "Cargo.toml",
            folder / "src" / "lib.rs",
            *reach.inputs,
            *native_source.input_files(sparta),
            *(sparta / "rust" / name for name in ("macros", "sdk")),
        ),
        locked=False,
    )


def _text(value: Path | str) -> str:
    """Return a TOML string: JSON's escapes are among TOML's."""
    return json.dumps(os.fspath(value))


def _write(file: Path, text: str) -> bool:
    """Write a file and its folder, unless it holds that already; return whether it did not."""
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return False  # cargo goes by times
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return True
