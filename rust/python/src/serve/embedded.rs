//! Functions that a host calls by name: there is no loop, and no Runtime API.

use std::io::Write;
use std::time::SystemTime;

use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;
use sparta_core::fault::Fault;
use sparta_core::log::{Format, Record};
use sparta_core::runtime_api::Invocation;

use super::answer::Answer;
use super::compiled::{CompiledFunction, Outcome};
use super::context::Contexts;
use super::entry::Entry;
use super::environment;
use super::failure::{Failure, fault_of};
use super::guard::guarded;
use super::host::{provide_context_class, sink_of_process};
use super::invoke::{self, Invoker};
use super::notice;
use super::server::charset;
use super::sink::LogSink;

const NO_STREAM: &str = "Runtime.NativeCoreError";

/// Functions, loaded.
pub(crate) struct Functions {
    compiled: Vec<(String, CompiledFunction)>,
    python: Option<PythonFunctions>,
}

/// Those in Python.
struct PythonFunctions {
    invokers: Vec<(String, Invoker)>,
    sink: Py<LogSink>,
}

/// What a function returned.
pub(crate) struct Returned {
    /// The media type
    pub(crate) content_type: &'static str,
    /// The bytes
    pub(crate) body: Vec<u8>,
}

/// Why there is nothing to return; each carries the error document.
pub(crate) enum Refusal {
    /// There is no such function.
    Unknown(Vec<u8>),
    /// The function cannot be loaded, or failed.
    Failed(Vec<u8>),
    /// It asked for the end of the process.
    Exit(Vec<u8>),
    /// It is in Python, and no interpreter runs.
    NoInterpreter(Vec<u8>),
}

impl Functions {
    /// Load the functions of these names: `module.function`, or `rust:function`.
    pub(crate) fn load(names: &[&str]) -> Result<Self, Refusal> {
        let (mut compiled, mut in_python) = (Vec::new(), Vec::new());
        for name in names {
            match CompiledFunction::asked_for(name) {
                Some(Ok(function)) => compiled.push(((*name).to_owned(), function)),
                Some(Err(fault)) => return Err(Refusal::Failed(fault.to_json(charset()))),
                None => in_python.push(*name),
            }
        }
        let python = (!in_python.is_empty())
            .then(|| attached(|py| PythonFunctions::load(py, &in_python)))
            .transpose()?;
        Ok(Self { compiled, python })
    }

    /// Answer one event; the interpreter has no part in it where the function is in Rust.
    pub(crate) fn call(&self, name: &str, invocation: &Invocation) -> Result<Returned, Refusal> {
        if let Some((_, function)) = self.compiled.iter().find(|(known, _)| known == name) {
            return returned(function.answer(invocation, charset()), &invocation.request_id);
        }
        match &self.python {
            Some(functions) => attached(|py| functions.call(py, name, invocation)),
            None => Err(unknown(name, &invocation.request_id)),
        }
    }

    /// Let go of everything; of objects of an interpreter that is gone there is nothing left.
    pub(crate) fn close(self) {
        let mut kept = self.python;
        if kept.is_some() && Python::try_attach(|_| drop(kept.take())).is_none() {
            std::mem::forget(kept);
        }
    }
}

fn returned(outcome: Outcome, request_id: &str) -> Result<Returned, Refusal> {
    if let Some(message) = &outcome.warning {
        let record = Record { level: "WARNING", logger: "sparta", request_id, message };
        let format = Format::of(&std::env::var("AWS_LAMBDA_LOG_FORMAT").unwrap_or_default());
        let line = record.line(format, SystemTime::now());
        // That nobody reads it is no reason to have no answer.
        let _ = std::io::stdout().write_all(line.as_bytes());
    }
    match outcome.answer {
        Answer::Response { content_type, body } => Ok(Returned { content_type, body }),
        Answer::Error { body, .. } => Err(Refusal::Failed(body)),
    }
}

fn unknown(name: &str, request_id: &str) -> Refusal {
    let what = format!("The function '{name}' was not opened");
    Refusal::Unknown(document("Runtime.HandlerNotFound", what, request_id))
}

/// Do `work` with the running interpreter.
fn attached<T>(work: impl FnOnce(Python<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
    Python::try_attach(work).unwrap_or_else(|| {
        let what = "There is no running Python interpreter in this process";
        Err(Refusal::NoInterpreter(document("Runtime.NoInterpreter", what, "")))
    })
}

impl PythonFunctions {
    fn load(py: Python<'_>, names: &[&str]) -> Result<Self, Refusal> {
        let own = |error| refused(py, Failure::of_user(py, error), "");
        let sink =
            sink_of_process(py, charset()).and_then(|sink| Py::new(py, sink)).map_err(own)?;
        provide_context_class(py).map_err(own)?;
        let mut invokers = Vec::with_capacity(names.len());
        for name in names {
            let entry = guarded(|| Entry::load(py, name)).map_err(|why| refused(py, why, ""))?;
            let contexts = Contexts::new(py, sink.clone_ref(py)).map_err(own)?;
            let invoker =
                Invoker { entry, contexts, charset: charset(), is_whole: true, meter: None };
            invokers.push(((*name).to_owned(), invoker));
        }
        Ok(Self { invokers, sink })
    }

    fn call(
        &self,
        py: Python<'_>,
        name: &str,
        invocation: &Invocation,
    ) -> Result<Returned, Refusal> {
        let request_id = &*invocation.request_id;
        let Some((_, invoker)) = self.invokers.iter().find(|(known, _)| known == name) else {
            return Err(unknown(name, request_id));
        };
        let answered = guarded(|| {
            let user = |error| Failure::of_user(py, error);
            if let Some(trace) = &invocation.trace_id {
                environment::set(py, "_X_AMZN_TRACE_ID", Some(trace)).map_err(user)?;
            }
            match invoker.answer(py, invocation)? {
                invoke::Outcome::Answered(answer) => Ok(answer),
                invoke::Outcome::Streaming(_) => {
                    // Never: every stream was collected.
                    Err(Fault::of_runtime(NO_STREAM, "the caller takes whole answers only").into())
                }
                invoke::Outcome::Refused(answer, problems) => {
                    let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
                    let text = format!("The request is not valid: {}", texts.join("; "));
                    notice::warning(py, self.sink.get(), "sparta", request_id, &text)
                        .map_err(user)?;
                    Ok(answer)
                }
            }
        });
        match answered.map_err(|why| refused(py, why, request_id))? {
            Answer::Response { content_type, body } => Ok(Returned { content_type, body }),
            Answer::Error { body, .. } => Err(Refusal::Failed(body)),
        }
    }
}

/// Return the error document of what the caller did wrong, or of this library.
pub(crate) fn document(error_type: &str, what: impl Into<String>, request_id: &str) -> Vec<u8> {
    let fault = Fault::of_runtime(error_type, what);
    Fault { request_id: request_id.to_owned(), ..fault }.to_json(charset())
}

fn refused(py: Python<'_>, failure: Failure, request_id: &str) -> Refusal {
    match failure {
        Failure::Fault(fault) => {
            let fault = Fault { request_id: request_id.to_owned(), ..*fault };
            Refusal::Failed(fault.to_json(charset()))
        }
        Failure::Exit(error) if error.is_instance_of::<PySystemExit>(py) => {
            // By this name whatever its class: the status is what counts.
            Refusal::Exit(document("SystemExit", exit_status(py, &error), request_id))
        }
        Failure::Exit(error) => {
            let fault = Fault { request_id: request_id.to_owned(), ..fault_of(py, &error) };
            Refusal::Exit(fault.to_json(charset()))
        }
    }
}

/// The status that Python would exit with.
fn exit_status(py: Python<'_>, error: &PyErr) -> String {
    let Ok(code) = error.value(py).getattr("code") else { return "1".to_owned() };
    if code.is_none() {
        return "0".to_owned();
    }
    code.extract::<i64>().map_or_else(|_| "1".to_owned(), |status| status.to_string())
}
