//! What a function may take, and what becomes of an event that is something else.

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use sparta_core::fault::Fault;

/// Why a function is not called.
#[doc(hidden)]
#[derive(Debug)]
pub enum Refusal {
    /// The invocation fails.
    Fault(Box<Fault>),
    /// The caller gets this answer, and the log the warning.
    Answer { body: Vec<u8>, warning: String },
}

/// The first argument of a function: anything that `serde` can deserialise and own, or a
/// [`Request`](crate::Request).
#[diagnostic::on_unimplemented(
    message = "a Lambda function cannot take `{Self}` as its event",
    label = "not `serde::Deserialize`",
    note = "add `#[derive(serde::Deserialize)]` to it, with owned fields (`String`, not `&str`)"
)]
pub trait Event: Sized {
    /// Read an event.
    ///
    /// # Errors
    /// It is no JSON, or not what is expected.
    #[doc(hidden)]
    fn of_json(json: &[u8]) -> Result<Self, Refusal>;
}

impl<T: DeserializeOwned> Event for T {
    fn of_json(json: &[u8]) -> Result<Self, Refusal> {
        decode(json, "event").map_err(|problem| {
            Refusal::Fault(Box::new(match problem {
                Problem::NotJson(what) => {
                    let what = format!("Unable to unmarshal input: {what}");
                    Fault::of_runtime("Runtime.UnmarshalError", what)
                }
                Problem::Unexpected(what) => Fault::of_runtime("EventError", what),
            }))
        })
    }
}

/// What is wrong with a JSON text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    NotJson(String),
    /// With the path to it
    Unexpected(String),
}

/// Read a JSON text; paths in what is said of it start with `root`.
pub(crate) fn decode<T: DeserializeOwned>(json: &[u8], root: &str) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = match error.path().to_string() {
            path if path == "." => root.to_owned(),
            path if path.starts_with('[') => format!("{root}{path}"),
            path => format!("{root}.{path}"),
        };
        let error = error.into_inner();
        match error.classify() {
            Category::Data => Problem::Unexpected(format!("{path}: {}", without_position(&error))),
            _ => Problem::NotJson(error.to_string()),
        }
    })?;
    reader.end().map_err(|error| Problem::NotJson(error.to_string()))?;
    Ok(value)
}

/// A path says more than a line and a column of a text that nobody sees.
fn without_position(error: &serde_json::Error) -> String {
    let position = format!(" at line {} column {}", error.line(), error.column());
    let text = error.to_string();
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}
