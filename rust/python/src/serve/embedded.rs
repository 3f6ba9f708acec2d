//! Functions that a host calls by name: there is no loop, and no Runtime API.

use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;
use sparta_core::fault::Fault;
use sparta_core::runtime_api::Invocation;

use super::answer::Answer;
use super::context::Contexts;
use super::entry::Entry;
use super::environment;
use super::failure::{Failure, text_of};
use super::guard::guarded;
use super::host::{provide_context_class, sink_of_process};
use super::invoke::{Invoker, Outcome};
use super::notice;
use super::server::charset;
use super::sink::LogSink;

const NO_STREAM: &str = "Runtime.NativeCoreError";

/// Functions, loaded.
pub(crate) struct Functions {
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
}

impl Functions {
    /// Load the functions of these names ("module.function").
    pub(crate) fn load(py: Python<'_>, names: &[&str]) -> Result<Self, Refusal> {
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

    /// Answer one event.
    pub(crate) fn call(
        &self,
        py: Python<'_>,
        name: &str,
        invocation: &Invocation,
    ) -> Result<Returned, Refusal> {
        let request_id = &*invocation.request_id;
        let Some((_, invoker)) = self.invokers.iter().find(|(known, _)| known == name) else {
            let what = format!("The function '{name}' was not opened");
            return Err(Refusal::Unknown(document("Runtime.HandlerNotFound", what, request_id)));
        };
        let answered = guarded(|| {
            let user = |error| Failure::of_user(py, error);
            if let Some(trace) = &invocation.trace_id {
                environment::set(py, "_X_AMZN_TRACE_ID", Some(trace)).map_err(user)?;
            }
            match invoker.answer(py, invocation)? {
                Outcome::Answered(answer) => Ok(answer),
                Outcome::Streaming(_) => {
                    // Never: every stream was collected.
                    Err(Fault::of_runtime(NO_STREAM, "the caller takes whole answers only").into())
                }
                Outcome::Refused(answer, problems) => {
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
        Failure::Exit(error) => {
            let name = error.get_type(py).name().map_or(String::new(), |name| name.to_string());
            let text = if error.is_instance_of::<PySystemExit>(py) {
                exit_status(py, &error)
            } else {
                text_of(py, &error)
            };
            Refusal::Exit(document(&name, text, request_id))
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
