//! The functions in Rust of the benchmark.
#![forbid(unsafe_code)]

use serde::{Deserialize, Serialize};
use sparta::{Error, Request, Response};

#[derive(Deserialize)]
struct Order {
    sku: String,
    qty: u32,
}

#[derive(Serialize)]
struct Priced<'a> {
    sku: &'a str,
    total_cents: u32,
}

/// Greet.
#[sparta::function]
fn hello() -> Result<&'static str, Error> {
    Ok("Hello World")
}

/// Price an order.
#[sparta::function]
fn order(request: Request<Order>) -> Result<Response, Error> {
    let Order { sku, qty } = &request.body;
    Ok(Response::json(&Priced { sku, total_cents: qty * 120 })?)
}
