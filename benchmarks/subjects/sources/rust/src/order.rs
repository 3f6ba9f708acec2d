//! What is read and answered, typed, and the function that takes an order.

use std::collections::HashMap;

use lambda_runtime::{Error, LambdaEvent};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize)]
pub struct Request {
    body: String,
    #[serde(rename = "pathParameters")]
    path: HashMap<String, String>,
    #[serde(rename = "queryStringParameters", default)]
    query: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Order {
    reference: String,
    items: Vec<Item>,
    address: Address,
    #[serde(default, rename = "gift")]
    _gift: bool,
    #[serde(default, rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "sku")]
    _sku: String,
    quantity: i64,
    price_cents: i64,
}

#[derive(Deserialize)]
struct Address {
    #[serde(rename = "street")]
    _street: String,
    city: String,
    #[serde(rename = "postcode")]
    _postcode: String,
}

#[derive(Serialize)]
struct Placed<'a> {
    id: String,
    customer: &'a str,
    lines: usize,
    city: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_cents: Option<i64>,
}

#[derive(Deserialize)]
pub struct Batch {
    #[serde(rename = "Records")]
    pub records: Vec<Message>,
}

#[derive(Deserialize)]
pub struct Message {
    #[serde(rename = "messageId")]
    pub message_id: String,
    pub body: String,
}

#[derive(Deserialize)]
pub struct Shipment {
    pub quantity: i64,
}

#[derive(Deserialize)]
pub struct Document {
    pub records: Vec<Value>,
}

#[derive(Serialize)]
pub struct Counted {
    pub count: usize,
    pub records: Vec<Value>,
}

pub async fn handler(event: LambdaEvent<Request>) -> Result<Value, Error> {
    let request = event.payload;
    let (status, body) = match serde_json::from_str::<Order>(&request.body) {
        Ok(order) => (201, serde_json::to_string(&placed(&request, order))?),
        Err(error) => (400, json!({"message": error.to_string()}).to_string()),
    };
    let headers = json!({"content-type": "application/json"});
    Ok(json!({"statusCode": status, "headers": headers, "body": body}))
}

fn placed(request: &Request, order: Order) -> Placed<'_> {
    let customer = request.path.get("customer").map_or("", String::as_str);
    let total: i64 = order.items.iter().map(|item| item.quantity * item.price_cents).sum();
    let wanted = request.query.get("expand").is_some_and(|expand| expand == "total");
    Placed {
        id: format!("{customer}/{}", order.reference),
        customer,
        lines: order.items.len(),
        city: order.address.city,
        total_cents: wanted.then_some(total),
    }
}
