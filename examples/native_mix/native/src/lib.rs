//! The functions in Rust.
#![forbid(unsafe_code)]

use serde::{Deserialize, Serialize};
use sparta::{Context, Error, Request, Response};

/// Prices in cents.
const PRICES: [(&str, u32); 2] = [("pencil", 120), ("paper", 450)];

/// What a customer wants to buy.
#[derive(Debug, Deserialize)]
struct Basket {
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Item {
    sku: String,
    qty: u32,
}

/// What it costs.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Quote {
    total_cents: u32,
    table: String,
}

/// Answers an invocation: `{"items": [{"sku": "paper", "qty": 2}]}`.
#[sparta::function]
fn quote(basket: Basket, context: &Context) -> Result<Quote, Error> {
    let prices = sparta::resource("Prices")?;
    println!("{}: {} items", context.request_id(), basket.items.len());
    Ok(Quote { total_cents: total_cents(&basket)?, table: prices.name()?.to_owned() })
}

/// Answers an HTTP request.
#[sparta::function]
fn quote_online(request: Request<Basket>) -> Result<Response, Error> {
    let total_cents = total_cents(&request.body)?;
    let currency = request.query.get("currency").map_or("EUR", String::as_str);
    let answer = Response::text(format!("{total_cents} {currency} cents"));
    Ok(answer.header("cache-control", "max-age=60"))
}

fn total_cents(basket: &Basket) -> Result<u32, Error> {
    let mut total = 0_u32;
    for Item { sku, qty } in &basket.items {
        let unknown = || Error::new("UnknownItem", format!("nobody sells {sku:?} here"));
        let (_, price) = PRICES.iter().find(|(known, _)| known == sku).ok_or_else(unknown)?;
        let price = price.checked_mul(*qty).and_then(|price| total.checked_add(price));
        total = price.expect("a total fits into 32 bits");
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::{Basket, Item, total_cents};

    #[test]
    fn adds_up() {
        let items = vec![Item { sku: "paper".to_owned(), qty: 2 }];
        assert_eq!(total_cents(&Basket { items }).unwrap(), 900);
    }
}
