//! Functions, declared as in an application's crate, found as by the core.
#![forbid(unsafe_code)]
#![expect(clippy::unnecessary_wraps, reason = "functions return results")]

use serde::Deserialize;
use sparta_core::function::Function;
use sparta_core::runtime_api::Invocation;

#[derive(Deserialize)]
struct Order {
    items: Vec<u32>,
}

#[sparta::function]
fn count(event: Order, context: &sparta::Context) -> Result<usize, sparta::Error> {
    assert_eq!(context.trace_id(), None);
    let Order { items } = event;
    Ok(items.len())
}

#[sparta::function]
fn ping() -> Result<&'static str, sparta::Error> {
    Ok("pong")
}

#[test]
fn functions_are_found_by_their_names() {
    let invocation = Invocation { body: br#"{"items": []}"#.to_vec(), ..Invocation::default() };
    let body = |name: &str| {
        let function = Function::named(name).unwrap();
        (function.call)(&invocation).unwrap().body
    };
    assert_eq!((body("count"), body("ping")), (b"0".to_vec(), br#""pong""#.to_vec()));
    assert!(Function::named("count").unwrap().manifest.contains("tests/functions.rs:"));
}
