//! AWS's Rust runtime, with the functions of the benchmarks; `_HANDLER` says which one is served.

mod order;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    match std::env::var("_HANDLER").as_deref() {
        Ok("orders") => run(service_fn(order::handler)).await,
        Ok("sqs_batch") => run(service_fn(ship)).await,
        Ok("json_document") => run(service_fn(send_back)).await,
        _ => run(service_fn(greet)).await,
    }
}

async fn greet(_event: LambdaEvent<Value>) -> Result<Value, Error> {
    Ok(json!({"statusCode": 200, "body": "Hello"}))
}

async fn ship(event: LambdaEvent<order::Batch>) -> Result<Value, Error> {
    let mut failed = Vec::new();
    for record in event.payload.records {
        let shipment: order::Shipment = serde_json::from_str(&record.body)?;
        if shipment.quantity < 1 {
            failed.push(json!({"itemIdentifier": record.message_id}));
        }
    }
    Ok(json!({"batchItemFailures": failed}))
}

async fn send_back(event: LambdaEvent<order::Document>) -> Result<order::Counted, Error> {
    let records = event.payload.records;
    Ok(order::Counted { count: records.len(), records })
}
