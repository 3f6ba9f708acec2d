use serde::Deserialize;
use sparta_core::fault::Fault;
use sparta_core::function::Called;
use sparta_core::runtime_api::Invocation;

use crate::{Context, Error};

#[derive(Deserialize)]
struct Order {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    qty: u32,
}

fn called<R: super::Outcome>(
    event: &str,
    function: impl FnOnce(Order, &Context<'_>) -> R,
) -> Called {
    let request_id = "id".to_owned();
    let invocation = Invocation { body: event.into(), request_id, ..Invocation::default() };
    super::answer(&invocation, function)
}

fn fault<R: super::Outcome>(
    event: &str,
    function: impl FnOnce(Order, &Context<'_>) -> R,
) -> (String, String) {
    let Fault { error_type, message, .. } = *called(event, function).unwrap_err();
    (error_type, message)
}

#[expect(clippy::unnecessary_wraps, reason = "functions return results")]
fn total(order: &Order) -> Result<u32, Error> {
    Ok(order.items.iter().map(|item| item.qty).sum())
}

#[test]
fn answers_with_the_json_of_the_result() {
    let event = r#"{"items": [{"qty": 2}, {"qty": 3}], "unknown": null}"#;
    let answered = called(event, |order, context| {
        assert_eq!(context.request_id(), "id");
        total(&order)
    });
    assert_eq!(answered.unwrap().body, b"5");
}

#[test]
fn says_where_an_event_is_wrong() {
    let event = r#"{"items": [{"qty": 2}, {"qty": "3"}]}"#;
    let (error_type, message) = fault(event, |order, _| total(&order));
    assert_eq!(error_type, "EventError");
    assert_eq!(message, r#"event.items[1].qty: invalid type: string "3", expected u32"#);
    let (_, message) = fault("[]", |order, _| total(&order));
    assert!(message.starts_with("event: invalid length 0, expected"), "{message}");
    let (error_type, message) = fault(r#"{"items": [}"#, |order, _| total(&order));
    assert_eq!(error_type, "Runtime.UnmarshalError");
    assert!(message.starts_with("Unable to unmarshal input: "), "{message}");
    let (error_type, _) = fault(r#"{"items": []} 1"#, |order, _| total(&order));
    assert_eq!(error_type, "Runtime.UnmarshalError");
}

#[test]
fn names_errors_by_their_type() {
    let event = r#"{"items": []}"#;
    let (error_type, message) = fault(event, |_, _| "x".parse::<u32>());
    assert_eq!(error_type, "ParseIntError");
    assert_eq!(message, "invalid digit found in string");
    let out_of_stock = fault(event, |_, _| Err::<(), _>(Error::new("OutOfStock", "none left")));
    assert_eq!(out_of_stock, ("OutOfStock".to_owned(), "none left".to_owned()));
}

#[test]
fn catches_panics() {
    let event = r#"{"items": []}"#;
    let fault = called(event, |_, _| -> Result<(), Error> { panic!("out of {}", "paper") });
    let fault = fault.unwrap_err();
    assert_eq!((&*fault.error_type, &*fault.message), ("Panic", "out of paper"));
    let [frame] = &*fault.stack else { panic!("{:?}", fault.stack) };
    assert!(frame.contains("answer_tests.rs\", line "), "{frame}");
    let fault = called(event, |order, _| Ok::<_, Error>(order.items[3].qty)).unwrap_err();
    assert!(fault.message.starts_with("index out of bounds"), "{}", fault.message);
    assert_eq!(called(event, |order, _| total(&order)).unwrap().body, b"0");
}

#[test]
fn refuses_a_result_that_is_no_json() {
    let (error_type, message) = fault(r#"{"items": []}"#, |_, _| {
        Ok::<_, Error>(std::collections::HashMap::from([((1, 2), 3)]))
    });
    assert_eq!(error_type, "Runtime.MarshalError");
    assert_eq!(message, "Unable to marshal response: key must be a string");
}
