//! One event: decode, call, encode.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use sparta_core::fault::Fault;
use sparta_core::json::Charset;
use sparta_core::runtime_api::Invocation;

use super::answer::{Answer, too_large};
use super::context::Contexts;
use super::entry::Entry;
use super::failure::{Failure, text_of};
use super::meter::{Meter, Stage};
use super::request::{RequestRules, refusal};
use super::streaming::{Opened, Streaming};
use crate::json::{Writer, read_bytes};
use crate::typed::{Problem, word_of};

const JSON: &str = "application/json";
const MARSHAL_ERROR: &str = "Runtime.MarshalError";
const UNMARSHALABLE: &str = "Unable to marshal response";

/// Everything that answers events, looked up once.
pub(super) struct Invoker {
    pub(super) entry: Entry,
    pub(super) contexts: Contexts,
    pub(super) charset: Charset,
    /// Whoever asks takes whole answers only
    pub(super) is_whole: bool,
    /// Where the function asks for the runtime's own metrics
    pub(super) meter: Option<Meter>,
}

/// What became of an event.
pub(super) enum Outcome {
    /// It is answered.
    Answered(Answer),
    /// The request was refused before the handler saw it.
    Refused(Answer, Vec<Problem>),
    /// The answer begins, and the rest of it is still to be made.
    Streaming(Streaming),
}

impl Invoker {
    /// Answer one event.
    pub(super) fn answer(
        &self,
        py: Python<'_>,
        invocation: &Invocation,
    ) -> Result<Outcome, Failure> {
        if let Some(meter) = &self.meter {
            meter.begin();
        }
        let user = |error| Failure::of_user(py, error);
        let context = self.contexts.of(py, invocation).map_err(user)?.map_err(|header| {
            let what = format!("Unable to parse {} JSON", header.name);
            Failure::decided(py, "Runtime.LambdaContextUnmarshalError", &what, header.error)
        })?;
        let event = event_of(py, invocation)?;
        let body = if let Some(rules) = &self.entry.request {
            let raw = raw_request(&event)?;
            match rules.request(raw).map_err(user)? {
                Ok(request) => {
                    let result = self.called(request, &context).map_err(user)?;
                    match self.entry.streams.opened(result, &event, true, self.is_whole)? {
                        Opened::Stream(stream) => return Ok(Outcome::Streaming(stream)),
                        Opened::Whole(result) => self.envelope(rules, &result)?,
                    }
                }
                Err(problems) => {
                    let body = refusal(&problems, self.charset);
                    let answer = Answer::Response { content_type: JSON, body };
                    return Ok(Outcome::Refused(answer, problems));
                }
            }
        } else {
            let raw = event.clone();
            let event = self.typed(event)?;
            let result = self.called(event, &context).map_err(user)?;
            let result = match self.entry.streams.opened(result, &raw, false, self.is_whole)? {
                Opened::Stream(stream) => return Ok(Outcome::Streaming(stream)),
                Opened::Whole(result) => result,
            };
            if let Ok(bytes) = result.cast::<PyBytes>() {
                return response("application/unknown", bytes.as_bytes().to_vec());
            }
            self.json(&result)?
        };
        response(JSON, body)
    }

    fn called<'py>(
        &self,
        event: Bound<'py, PyAny>,
        context: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Some(meter) = &self.meter else { return self.entry.call(event, context) };
        meter.end_of(Stage::Decoded);
        let result = self.entry.call(event, context);
        meter.end_of(Stage::Handled);
        result
    }

    /// The event as the handler declared it.
    fn typed<'py>(&self, event: Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>, Failure> {
        let py = event.py();
        let Some(event_type) = &self.entry.event_type else { return Ok(event) };
        event_type.bind(py).call1((event,)).map_err(|error| {
            let is_event_error = py
                .import("sparta.errors")
                .and_then(|errors| error.value(py).is_instance(&errors.getattr("EventError")?));
            if is_event_error.unwrap_or(false) {
                return Fault::of_runtime("EventError", text_of(py, &error)).into();
            }
            Failure::of_user(py, error)
        })
    }

    fn writer<'a>(&'a self, out: &'a mut Vec<u8>) -> Writer<'a> {
        Writer::new(out, self.charset).extended(self.entry.plain_of.as_ref())
    }

    fn json(&self, result: &Bound<'_, PyAny>) -> Result<Vec<u8>, Failure> {
        let mut out = Vec::with_capacity(1024);
        let written = self.writer(&mut out).value(result);
        let py = result.py();
        written.map_err(|error| Failure::decided(py, MARSHAL_ERROR, UNMARSHALABLE, error))?;
        Ok(out)
    }

    fn envelope(
        &self,
        rules: &RequestRules,
        result: &Bound<'_, PyAny>,
    ) -> Result<Vec<u8>, Failure> {
        let mut out = Vec::with_capacity(1024);
        let written = rules.write(result, &mut self.writer(&mut out));
        let py = result.py();
        written.map_err(|error| Failure::decided(py, MARSHAL_ERROR, UNMARSHALABLE, error))?;
        Ok(out)
    }
}

fn response(content_type: &'static str, body: Vec<u8>) -> Result<Outcome, Failure> {
    match too_large(&body) {
        Some(fault) => Err(fault.into()),
        None => Ok(Outcome::Answered(Answer::Response { content_type, body })),
    }
}

fn event_of<'py>(py: Python<'py>, invocation: &Invocation) -> Result<Bound<'py, PyAny>, Failure> {
    if !invocation.is_json() {
        return Ok(PyBytes::new(py, &invocation.body).into_any());
    }
    read_bytes(py, &invocation.body).map_err(|error| {
        Failure::decided(py, "Runtime.UnmarshalError", "Unable to unmarshal input", error)
    })
}

fn raw_request<'a, 'py>(event: &'a Bound<'py, PyAny>) -> Result<&'a Bound<'py, PyDict>, Failure> {
    event.cast::<PyDict>().map_err(|_| {
        let word = word_of(event).unwrap_or_default();
        Fault::of_runtime("EventError", format!("event: expected object, got {word}")).into()
    })
}
