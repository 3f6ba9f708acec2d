"""A crate that compiles in seconds, as a Source for the builders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.package.builders.source import Source

if TYPE_CHECKING:
    from pathlib import Path

CARGO_TOML = """
[package]
name = "tiny"
version = "0.1.0"
edition = "2024"

[lib]
name = "_tiny"
crate-type = ["cdylib"]

[profile.release]
strip = true

[workspace]
"""
CARGO_LOCK = """
version = 4

[[package]]
name = "tiny"
version = "0.1.0"
"""
LIBRARY = """
unsafe extern "C" { fn PyDict_New() -> *mut u8; }

#[unsafe(no_mangle)]
pub extern "C" fn PyInit__sparta() -> *mut u8 { unsafe { PyDict_New() } }

#[unsafe(no_mangle)]
pub extern "C" fn token() -> u32 {
    env!("SPARTA_TOKEN").bytes().fold(7, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte))
}
"""
USES_ANOTHER = """
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> u32 {
    other::ANSWER * if cfg!(feature = "doubled") { 2 } else { 1 }
}
"""
SHOWS_TOKEN = """
fn main() {
    println!("cargo:warning=the token is {}", std::env::var("SPARTA_TOKEN").unwrap());
    let refused = std::fs::write("written", "by a build script").is_err();
    println!("cargo:warning=sources can be written: {}", !refused);
}
"""
NEVER_ENDS = """
fn main() {
    let started = std::env::var("OUT_DIR").unwrap() + "/started";
    std::fs::write(started, std::process::id().to_string()).unwrap();
    loop { std::thread::park(); }
}
"""


def tiny_crate(folder: Path, build_script: str = SHOWS_TOKEN) -> Source:
    """Write the crate into `folder`."""
    (folder / "src").mkdir(parents=True)
    files = {"Cargo.toml": CARGO_TOML, "Cargo.lock": CARGO_LOCK, "build.rs": build_script}
    for name, text in (*files.items(), ("src/lib.rs", LIBRARY)):
        (folder / name).write_text(text.lstrip())
    return Source(folder, "tiny", "_tiny")


def crate_with_another(folder: Path) -> Source:
    """Write the crate, and another in a folder beside it that it depends on; without a lock."""
    crate = tiny_crate(folder / "crate", "fn main() {}\n")
    (crate.folder / "Cargo.lock").unlink()
    with (crate.folder / "Cargo.toml").open("a") as file:
        file.write('[features]\ndoubled = []\n\n[dependencies]\nother = { path = "../other" }\n')
    with (crate.folder / "src" / "lib.rs").open("a") as file:
        file.write(USES_ANOTHER)
    other = folder / "other"
    (other / "src").mkdir(parents=True)
    (other / "Cargo.toml").write_text('[package]\nname = "other"\nversion = "0.1.0"\n')
    (other / "src" / "lib.rs").write_text("pub const ANSWER: u32 = 42;\n")
    return Source(
        crate.folder, "tiny", "_tiny", features=("doubled",), reaches=(other,), locked=False
    )


def hash_of(token: str) -> int:
    """Return what the function `token` of the library returns for that value."""
    total = 7
    for byte in token.encode():
        total = (total * 31 & 0xFFFFFFFF) ^ byte
    return total
