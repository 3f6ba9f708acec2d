//! Functions written in Rust: bytes in, bytes out, without a Python object.

use std::env;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use sparta_core::fault::Fault;
use sparta_core::function::Function;
use sparta_core::json::Charset;
use sparta_core::runtime_api::Invocation;

use super::answer::{Answer, too_large};
use super::server::charset;

/// Names the function of the application's crate that this process is for
const VARIABLE: &str = "SPARTA_RUST_FUNCTION";
/// What [`CompiledFunction::asked_for`] puts in front of it, where names of Python functions may
/// stand too
const PREFIX: &str = "rust:";

/// One function of the application's crate.
#[derive(Clone, Copy)]
pub(crate) struct CompiledFunction(&'static Function);

/// What became of an event.
pub(crate) struct Outcome {
    pub(crate) answer: Answer,
    /// What the log should say
    pub(crate) warning: Option<String>,
    pub(crate) fault: Option<Box<Fault>>,
}

impl CompiledFunction {
    /// Return the function that this process is for; `None` where that is one in Python.
    pub(crate) fn of_process() -> Option<Result<Self, Box<Fault>>> {
        let name = env::var(VARIABLE).ok().filter(|name| !name.is_empty())?;
        Some(Function::named(&name).map(Self))
    }

    /// Return the function that `name` asks for, such as `rust:resize`; `None` where it asks for
    /// one in Python.
    pub(crate) fn asked_for(name: &str) -> Option<Result<Self, Box<Fault>>> {
        Some(Function::named(name.strip_prefix(PREFIX)?).map(Self))
    }

    /// Answer one event.
    pub(crate) fn answer(self, invocation: &Invocation, charset: Charset) -> Outcome {
        let called = (self.0.call)(invocation);
        let answered = called.and_then(|answered| match too_large(&answered.body) {
            Some(fault) => Err(Box::new(fault)),
            None => Ok(answered),
        });
        match answered {
            Ok(answered) => Outcome {
                answer: Answer::Response { content_type: "application/json", body: answered.body },
                warning: answered.warning,
                fault: None,
            },
            Err(fault) => {
                let fault = Fault { request_id: invocation.request_id.clone(), ..*fault };
                let answer = Answer::error(&fault, charset);
                Outcome { answer, warning: None, fault: Some(Box::new(fault)) }
            }
        }
    }
}

/// Call a function in Rust for one that Python answers, under AWS's client: whether it answered,
/// and its JSON or the error document.
#[pyfunction]
#[pyo3(signature = (name, event, request_id, function_arn, deadline_ms, /))]
pub(crate) fn call_rust<'py>(
    py: Python<'py>,
    name: &str,
    event: Vec<u8>,
    request_id: String,
    function_arn: Option<String>,
    deadline_ms: i64,
) -> (bool, Bound<'py, PyBytes>) {
    let invocation =
        Invocation { request_id, function_arn, deadline_ms, body: event, ..Invocation::default() };
    let charset = charset();
    let answer = py.detach(|| match Function::named(name) {
        Ok(function) => CompiledFunction(function).answer(&invocation, charset).answer,
        Err(fault) => Answer::error(&fault, charset),
    });
    match answer {
        Answer::Response { body, .. } => (true, PyBytes::new(py, &body)),
        Answer::Error { body, .. } => (false, PyBytes::new(py, &body)),
    }
}
