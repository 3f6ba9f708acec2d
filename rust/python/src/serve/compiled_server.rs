//! The loop for a function in Rust. Python is attached to only to write a log line, and to ask for
//! signals; no event ever becomes an object of it.

use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;
use sparta_core::fault::Fault;
use sparta_core::json::Charset;
use sparta_core::runtime_api::{Client, Invocation, Posted};

use super::compiled::CompiledFunction;
use super::host::{self, Host};
use super::server::{charset, checked_signals, client, fatal, log_fault};
use super::sink::LogSink;
use super::{notice, snapshot};

/// One function in Rust, ready for events.
pub(super) struct CompiledServer {
    client: Client,
    function: CompiledFunction,
    charset: Charset,
    sink: Py<LogSink>,
    /// AWS's client, where it started this process
    host: Option<Host>,
}

impl CompiledServer {
    /// Start the function. That the library has none of its name is reported to Lambda, and ends
    /// the process.
    pub(super) fn start(
        py: Python<'_>,
        function: Result<CompiledFunction, Box<Fault>>,
        host: Option<Host>,
    ) -> PyResult<Self> {
        let charset = charset();
        let sink = match host {
            None => LogSink::of_process(py, charset)?,
            Some(_) => host::sink_of_process(py, charset)?,
        };
        let mut client = client(py)?;
        match function {
            Ok(function) => {
                if host.is_none() {
                    snapshot::pass(py, &mut client, &sink, charset)?;
                }
                Ok(Self { client, function, charset, sink: Py::new(py, sink)?, host })
            }
            Err(fault) => {
                log_fault(py, host.as_ref(), &sink, &fault);
                let body = fault.to_json(charset);
                py.detach(|| client.fail_init(&fault, &body)).map_err(|error| fatal(&error))?;
                Err(PySystemExit::new_err(1))
            }
        }
    }

    /// Answer events until the process has to end.
    pub(super) fn serve(mut self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| {
            loop {
                self.next_answered()?;
            }
        })
    }

    fn next_answered(&mut self) -> PyResult<()> {
        let mut signal = Ok(());
        let next = self.client.next(&mut || {
            signal = checked_signals();
            signal.is_ok()
        });
        signal?;
        let invocation = next.map_err(|error| fatal(&error))?;
        let outcome = self.function.answer(&invocation, self.charset);
        if let Some(fault) = &outcome.fault {
            Python::attach(|py| log_fault(py, self.host.as_ref(), self.sink.get(), fault));
        }
        if let Some(text) = &outcome.warning {
            self.warn(&invocation, text)?;
        }
        let posted = outcome.answer.post(&mut self.client, &invocation);
        match posted.map_err(|error| fatal(&error))? {
            Posted::Accepted => Ok(()),
            Posted::Dropped(reason) => {
                let text = format!("Lambda did not take the answer to this event: {reason}");
                self.warn(&invocation, &text)
            }
        }
    }

    fn warn(&self, invocation: &Invocation, text: &str) -> PyResult<()> {
        let request_id = &invocation.request_id;
        Python::attach(|py| notice::warning(py, self.sink.get(), "sparta", request_id, text))
    }
}
