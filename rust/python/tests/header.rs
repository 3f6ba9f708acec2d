//! `include/sparta.h` is what cbindgen makes of `src/abi/`.
//!
//! After a change of the interface: `SPARTA_WRITE_HEADER=1 cargo test --test header`.

use std::path::Path;

const ABOUT: &str =
    "/* The C ABI of Sparta's native core; docs/abi.md says who owns what, and when.
 * Generated from rust/python/src/abi by the test `header`: do not edit. */";

fn generated(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let mut config = cbindgen::Config {
        language: cbindgen::Language::C,
        include_guard: Some("SPARTA_H".to_owned()),
        header: Some(ABOUT.to_owned()),
        cpp_compat: true,
        usize_is_size_t: true,
        documentation_style: cbindgen::DocumentationStyle::C99,
        style: cbindgen::Style::Type,
        line_length: 100,
        ..cbindgen::Config::default()
    };
    config.enumeration.rename_variants = cbindgen::RenameRule::QualifiedScreamingSnakeCase;
    // Only libraries for tests have it.
    for probe in ["sparta_probe_panic", "sparta_probe_use_after_free"] {
        config.export.exclude.push(probe.to_owned());
    }
    let source = folder.join("src/abi/mod.rs");
    let builder = cbindgen::Builder::new().with_config(config).with_src(source);
    let mut text = Vec::new();
    builder.generate()?.write(&mut text);
    Ok(String::from_utf8(text)?)
}

#[test]
fn the_header_is_the_one_of_these_sources() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = folder.join("include/sparta.h");
    let text = generated(folder).unwrap();
    if std::env::var_os("SPARTA_WRITE_HEADER").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == text, "rust/python/include/sparta.h is not what these sources make");
}
