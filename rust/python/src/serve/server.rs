//! The loop: take an event, answer it, take the next.

use std::env;
use std::time::Instant;

use pyo3::exceptions::{PyRuntimeError, PySystemExit};
use pyo3::prelude::*;
use sparta_core::fault::Fault;
use sparta_core::json::Charset;
use sparta_core::runtime_api::{Client, Invocation, Posted, RuntimeApiError};

use super::agents;
use super::answer::Answer;
use super::context::Contexts;
use super::entry::Entry;
use super::environment;
use super::failure::Failure;
use super::guard::guarded;
use super::host::{self, Host};
use super::import_hook::ImportHook;
use super::invoke::{Invoker, Outcome};
use super::logging::{InvocationFilter, LogSetup};
use super::meter::Meter;
use super::sink::LogSink;
use super::streaming::Streaming;
use super::{notice, observed, shutdown, snapshot};
use crate::typed::Problem;

const START_WARNING: &str = "LAMBDA_WARNING: Unhandled exception while the function starts. \
    Mostly its own code is the cause; if nothing in it changed, compare the runtime version in the \
    INIT_START line of this log with that of the last start that worked.\r";
/// Python versions for which AWS's client writes raw UTF-8.
const UTF8_ENVIRONMENTS: [&str; 4] = [
    "AWS_Lambda_python3.12",
    "AWS_Lambda_python3.13",
    "AWS_Lambda_python3.14",
    "AWS_Lambda_python3.15",
];

/// What there is to be sent for an event.
enum Made {
    Whole(Answer),
    Begun(Streaming),
}

/// One function, ready for events.
pub(super) struct Server {
    client: Client,
    invoker: Invoker,
    sink: Py<LogSink>,
    filter: Py<InvocationFilter>,
    /// AWS's client, where it started this process
    host: Option<Host>,
}

impl Server {
    /// Start the function that the environment names. What keeps it from starting is reported to
    /// Lambda, and ends the process.
    pub(super) fn start(py: Python<'_>) -> PyResult<Self> {
        let started = Instant::now();
        let sink = Py::new(py, LogSink::of_process(py, charset())?)?;
        let filter = Py::new(py, InvocationFilter::default())?;
        let setup = LogSetup { sink: sink.clone_ref(py), filter: filter.clone_ref(py) };
        observed::begin(py, &sink, &filter);
        ImportHook::install(py, Py::new(py, setup)?)?;
        let handler = env::var("_HANDLER").unwrap_or_default();
        Self::load(py, &handler, None, sink, filter, started)
    }

    /// Start `handler` in a process that AWS's client has set up.
    pub(super) fn start_within(py: Python<'_>, host: Host, handler: &str) -> PyResult<Self> {
        let started = Instant::now();
        let sink = Py::new(py, host::sink_of_process(py, charset())?)?;
        let filter = Py::new(py, InvocationFilter::default())?;
        observed::begin(py, &sink, &filter);
        Self::load(py, handler, Some(host), sink, filter, started)
    }

    fn load(
        py: Python<'_>,
        handler: &str,
        host: Option<Host>,
        sink: Py<LogSink>,
        filter: Py<InvocationFilter>,
        started: Instant,
    ) -> PyResult<Self> {
        let mut client = client(py)?;
        let contexts = Contexts::new(py, sink.clone_ref(py))?;
        let charset = charset();
        match guarded(|| Entry::load(py, handler)) {
            Ok(entry) => {
                shutdown::expect(py, sink.get())?;
                let init = started.elapsed();
                if host.is_none() {
                    snapshot::pass(py, &mut client, sink.get(), charset)?;
                }
                let meter = entry.measures.then(|| Meter::new(py, init)).transpose()?;
                let invoker = Invoker { entry, contexts, charset, is_whole: false, meter };
                Ok(Self { client, invoker, sink, filter, host })
            }
            Err(Failure::Exit(error)) => Err(error),
            Err(Failure::Fault(fault)) => {
                let _ = notice::warning(py, sink.get(), "root", "", START_WARNING);
                log_fault(py, host.as_ref(), sink.get(), &fault);
                let body = fault.to_json(charset);
                py.detach(|| client.fail_init(&fault, &body)).map_err(|error| fatal(&error))?;
                Err(PySystemExit::new_err(1))
            }
        }
    }

    /// Answer events until the process has to end.
    pub(super) fn serve(mut self, py: Python<'_>) -> PyResult<()> {
        if let Some(advice) = agents::advice(py)? {
            self.warn(py, advice)?;
        }
        let mut invocation = self.next(py, None)?;
        loop {
            invocation = match self.answer(py, &invocation)? {
                Made::Whole(answer) => self.next(py, Some((&answer, &invocation)))?,
                Made::Begun(stream) => {
                    self.send(py, &invocation, stream)?;
                    self.next(py, None)?
                }
            };
        }
    }

    /// Send an answer that is still being made.
    fn send(&mut self, py: Python<'_>, invocation: &Invocation, stream: Streaming) -> PyResult<()> {
        let charset = self.invoker.charset;
        let log = |fault: &Fault| log_fault(py, self.host.as_ref(), self.sink.get(), fault);
        let (posted, size_bytes) = stream.send(py, &mut self.client, invocation, charset, log)?;
        self.measure(py, invocation, size_bytes)?;
        self.warn_if_dropped(py, &posted.map_err(|error| fatal(&error))?)
    }

    /// Send the answer to the last event and wait for the next one; Python's other threads run
    /// meanwhile.
    fn next(
        &mut self,
        py: Python<'_>,
        answered: Option<(&Answer, &Invocation)>,
    ) -> PyResult<Invocation> {
        let mut signal = Ok(());
        let client = &mut self.client;
        let result = py.detach(|| {
            let posted = match answered {
                Some((answer, invocation)) => answer.post(client, invocation)?,
                None => Posted::Accepted,
            };
            let invocation = client.next(&mut || {
                signal = checked_signals();
                signal.is_ok()
            })?;
            Ok((posted, invocation))
        });
        signal?;
        let (posted, invocation) = result.map_err(|error: RuntimeApiError| fatal(&error))?;
        self.warn_if_dropped(py, &posted)?;
        Ok(invocation)
    }

    fn warn_if_dropped(&self, py: Python<'_>, posted: &Posted) -> PyResult<()> {
        let Posted::Dropped(reason) = posted else { return Ok(()) };
        self.warn(py, &format!("Lambda did not take the answer to this event: {reason}"))
    }

    fn answer(&self, py: Python<'_>, invocation: &Invocation) -> PyResult<Made> {
        self.filter.get().begin(invocation);
        if let Some(host) = &self.host {
            host.begin(py, invocation)?;
        }
        environment::set(py, "_X_AMZN_TRACE_ID", invocation.trace_id.as_deref())?;
        let made = self.settle(py, guarded(|| self.invoker.answer(py, invocation)), invocation)?;
        if let Made::Whole(answer) = &made {
            self.measure(py, invocation, answer.size_bytes())?;
        }
        Ok(made)
    }

    fn measure(&self, py: Python<'_>, invocation: &Invocation, size_bytes: usize) -> PyResult<()> {
        let Some(meter) = &self.invoker.meter else { return Ok(()) };
        meter.write(py, invocation.body.len(), size_bytes)
    }

    fn settle(
        &self,
        py: Python<'_>,
        outcome: Result<Outcome, Failure>,
        invocation: &Invocation,
    ) -> PyResult<Made> {
        match outcome {
            Ok(Outcome::Answered(answer)) => Ok(Made::Whole(answer)),
            Ok(Outcome::Streaming(stream)) => Ok(Made::Begun(stream)),
            Ok(Outcome::Refused(answer, problems)) => {
                self.log_refusal(py, &problems)?;
                Ok(Made::Whole(answer))
            }
            Err(Failure::Exit(error)) => Err(error),
            Err(Failure::Fault(fault)) => {
                let fault = Fault { request_id: invocation.request_id.clone(), ..*fault };
                log_fault(py, self.host.as_ref(), self.sink.get(), &fault);
                Ok(Made::Whole(Answer::error(&fault, self.invoker.charset)))
            }
        }
    }

    fn log_refusal(&self, py: Python<'_>, problems: &[Problem]) -> PyResult<()> {
        let texts: Vec<String> = problems.iter().map(ToString::to_string).collect();
        self.warn(py, &format!("The request is not valid: {}", texts.join("; ")))
    }

    /// Log a warning of Sparta's own.
    fn warn(&self, py: Python<'_>, text: &str) -> PyResult<()> {
        notice::warning(py, self.sink.get(), "sparta", &self.filter.get().request_id(), text)
    }
}

/// Report a fault: as AWS's client does, where it is the host of this process.
pub(super) fn log_fault(py: Python<'_>, host: Option<&Host>, sink: &LogSink, fault: &Fault) {
    if host.is_none_or(|host| host.log_fault(py, fault).is_err()) {
        sink.write_fault(py, fault);
    }
}

/// Run the Python handlers of signals that have arrived.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method has one lifetime only")]
pub(super) fn checked_signals() -> PyResult<()> {
    Python::attach(|py| py.check_signals())
}

pub(super) fn client(py: Python<'_>) -> PyResult<Client> {
    let Ok(address) = env::var("AWS_LAMBDA_RUNTIME_API") else {
        return Err(PyRuntimeError::new_err(
            "AWS_LAMBDA_RUNTIME_API is not set: this program runs inside Lambda only",
        ));
    };
    let python = py.version_info();
    let user_agent = format!(
        "sparta/{}-python{}.{}.{}",
        env!("CARGO_PKG_VERSION"),
        python.major,
        python.minor,
        python.patch
    );
    Ok(Client::new(&address, &user_agent))
}

/// How characters outside of ASCII are written, as AWS's client decides it.
pub(super) fn charset() -> Charset {
    let environment = env::var("AWS_EXECUTION_ENV").unwrap_or_default();
    if UTF8_ENVIRONMENTS.contains(&&*environment) { Charset::Utf8 } else { Charset::Ascii }
}

pub(super) fn fatal(error: &RuntimeApiError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}
