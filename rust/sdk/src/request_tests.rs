use serde::Deserialize;
use serde_json::{Value, json};

use super::Request;
use crate::event::{Event, Refusal};
use crate::response::Response;

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Order {
    qty: u32,
}

fn event(body: &Value, is_encoded: bool) -> Vec<u8> {
    serde_json::to_vec(&json!({
        "version": "2.0",
        "rawPath": "/orders/7",
        "headers": {"accept": "*/*"},
        "queryStringParameters": {"verbose": "1"},
        "pathParameters": {"id": "7"},
        "cookies": ["a=1"],
        "unknown": null,
        "requestContext": {"http": {"method": "POST", "path": "/orders/7"}},
        "body": body,
        "isBase64Encoded": is_encoded,
    }))
    .unwrap()
}

fn refusal<B: serde::de::DeserializeOwned + std::fmt::Debug>(body: &Value) -> Value {
    match Request::<B>::of_json(&event(body, false)).unwrap_err() {
        Refusal::Answer { body, .. } => serde_json::from_slice(&body).unwrap(),
        Refusal::Fault(fault) => json!(fault.message),
    }
}

#[test]
fn reads_a_request() {
    let request = Request::<Order>::of_json(&event(&json!("{\"qty\": 2}"), false)).unwrap();
    assert_eq!((&*request.method, &*request.path), ("POST", "/orders/7"));
    assert_eq!((&*request.path_parameters["id"], &*request.query["verbose"]), ("7", "1"));
    assert_eq!((&*request.headers["accept"], &*request.cookies), ("*/*", &["a=1".to_owned()][..]));
    assert_eq!(request.body, Order { qty: 2 });
    let encoded = Request::<Order>::of_json(&event(&json!("eyJxdHkiOiAyfQ=="), true)).unwrap();
    assert_eq!(encoded.body, Order { qty: 2 });
    assert!(Request::<()>::of_json(&event(&json!("<any>"), false)).is_ok());
    let bare =
        br#"{"rawPath": "/", "requestContext": {"http": {"method": "GET"}}, "cookies": null}"#;
    assert_eq!(Request::<()>::of_json(bare).unwrap().cookies, [""; 0]);
    let without = Request::<Option<Order>>::of_json(&event(&Value::Null, false)).unwrap();
    assert_eq!(without.body, None);
}

#[test]
fn answers_a_body_that_is_wrong() {
    let refused = refusal::<Order>(&json!("{\"qty\": -1}"));
    assert_eq!(refused["statusCode"], 400);
    let body: Value = serde_json::from_str(refused["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["message"], "The request is not valid");
    assert_eq!(body["errors"], json!(["body.qty: invalid value: integer `-1`, expected u32"]));
    assert!(refusal::<Order>(&Value::Null).to_string().contains("body: missing"));
    assert!(refusal::<Order>(&json!("{")).to_string().contains("body: not valid JSON: EOF"));
}

#[test]
fn writes_the_envelope() {
    let written = |response: Response| serde_json::to_value(response).unwrap();
    let made = Response::json(&json!({"a": 1})).unwrap().status(201).header("X-Id", "7");
    assert_eq!(
        written(made),
        json!({
            "statusCode": 201,
            "headers": {"content-type": "application/json", "x-id": "7"},
            "body": "{\"a\":1}",
            "isBase64Encoded": false,
        })
    );
    let image = written(Response::bytes("image/png", b"foo").cookie("a=1"));
    assert_eq!((&image["body"], &image["isBase64Encoded"]), (&json!("Zm9v"), &json!(true)));
    assert_eq!(image["cookies"], json!(["a=1"]));
    assert_eq!(written(Response::empty())["statusCode"], 204);
}
