//! One event: decode, call, encode.

use std::io::Write;

use serde::Serialize;
use sparta_core::fault::Fault;
use sparta_core::function::{Answered, Called};
use sparta_core::runtime_api::Invocation;

use crate::event::Refusal;
use crate::panic::caught;
use crate::{Context, Error, Event};

/// What a function may return.
#[diagnostic::on_unimplemented(
    message = "a Lambda function cannot return `{Self}`",
    label = "not `Result<T, E>` with a `T: serde::Serialize` and an `E: Into<sparta::Error>`",
    note = "return `Result<T, sparta::Error>`; `?` turns any error of the standard kind into one"
)]
pub trait Outcome {
    /// Its JSON, or what went wrong.
    ///
    /// # Errors
    /// The function failed, or its result cannot be JSON.
    fn json(self) -> Result<Vec<u8>, Box<Fault>>;
}

impl<T: Serialize, E: Into<Error>> Outcome for Result<T, E> {
    fn json(self) -> Result<Vec<u8>, Box<Fault>> {
        let result = self.map_err(|error| Box::new(error.into().into_fault()))?;
        serde_json::to_vec(&result).map_err(|error| {
            let what = format!("Unable to marshal response: {error}");
            Box::new(Fault::of_runtime("Runtime.MarshalError", what))
        })
    }
}

/// Answer one event with `function`.
///
/// # Errors
/// The event is not what the function takes, or the function failed, or panicked.
pub fn answer<E: Event, R: Outcome>(
    invocation: &Invocation,
    function: impl FnOnce(E, &Context<'_>) -> R,
) -> Called {
    let event = match E::of_json(&invocation.body) {
        Ok(event) => event,
        Err(Refusal::Answer { body, warning }) => {
            return Ok(Answered { body, warning: Some(warning) });
        }
        Err(Refusal::Fault(fault)) => return Err(fault),
    };
    let context = Context::of(invocation);
    let body = caught(|| function(event, &context).json());
    // What was printed without a line's end has to leave before the process is frozen.
    let _ = std::io::stdout().flush();
    Ok(Answered { body: body?, warning: None })
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
