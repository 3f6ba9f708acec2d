//! Answers that leave piece by piece. What a stream is, and what is sent before its first chunk, is
//! in `sparta.runtime.streaming`, which only a function that streams ever imports.

use std::sync::OnceLock;

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBytes, PyDict, PyIterator, PyString};
use sparta_core::fault::Fault;
use sparta_core::http::Progress;
use sparta_core::json::Charset;
use sparta_core::runtime_api::{Client, Invocation, Posted, RuntimeApiError, StreamEnd};

use super::failure::{Failure, text_of};
use super::guard::guarded;

const MODULE: &str = "sparta.runtime.streaming";
const MARSHAL_ERROR: &str = "Runtime.MarshalError";
const UNMARSHALABLE: &str = "Unable to marshal response";

/// Tells the results that are streams from all others, before the first event.
pub(super) struct StreamRules {
    /// The handler is a generator
    is_stream: bool,
    /// Where modules are found by name
    modules: Py<PyDict>,
    /// The class of what `sparta.stream` returns, once something has imported it
    class: OnceLock<Py<PyAny>>,
}

/// A result, and whether it is one.
pub(super) enum Opened<'py> {
    /// Its first chunk exists.
    Stream(Streaming),
    /// It is sent as a whole.
    Whole(Bound<'py, PyAny>),
}

/// A stream whose first chunk exists.
pub(super) struct Streaming {
    content_type: String,
    /// What is sent at once
    first: Py<PyBytes>,
    rest: Py<PyIterator>,
}

impl StreamRules {
    pub(super) fn new(py: Python<'_>, is_stream: bool) -> PyResult<Self> {
        let modules = crate::interpreter::sys(py)?.getattr(intern!(py, "modules"))?;
        let modules = modules.cast_into::<PyDict>()?.unbind();
        Ok(Self { is_stream, modules, class: OnceLock::new() })
    }

    /// Say whether `result` is what `sparta.stream` returns. A handler may be the first to import
    /// that, while it runs.
    fn is_streamed(&self, result: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = result.py();
        if let Some(class) = self.class.get() {
            return Ok(result.get_type().is(class));
        }
        let name = intern!(py, "sparta.model.streamed");
        let Some(module) = self.modules.bind(py).get_item(name)? else { return Ok(false) };
        let class = module.getattr("StreamedResponse")?;
        Ok(result.get_type().is(self.class.get_or_init(|| class.unbind())))
    }

    /// Wait for the first chunk of a result, if that is a stream; for all of them, if the answer
    /// has to be whole.
    pub(super) fn opened<'py>(
        &self,
        result: Bound<'py, PyAny>,
        raw: &Bound<'py, PyAny>,
        is_request: bool,
        is_whole: bool,
    ) -> Result<Opened<'py>, Failure> {
        let py = result.py();
        let user = |error| Failure::of_user(py, error);
        if !self.is_stream && !self.is_streamed(&result).map_err(user)? {
            return Ok(Opened::Whole(result));
        }
        let opened = || -> PyResult<Opened<'py>> {
            let module = py.import(MODULE)?;
            let options = [("is_stream", self.is_stream)].into_py_dict(py)?;
            let streamed = module.getattr("streamed_of")?.call((&result,), Some(&options))?;
            if streamed.is_none() {
                return Ok(Opened::Whole(result.clone()));
            }
            let options = [("is_request", is_request)].into_py_dict(py)?;
            if is_whole {
                let collected = module.getattr("collected")?.call((streamed,), Some(&options))?;
                return Ok(Opened::Whole(collected));
            }
            let opened = module.getattr("opened")?.call((streamed, raw), Some(&options))?;
            if !opened.is_instance(&module.getattr("OpenedStream")?)? {
                return Ok(Opened::Whole(opened));
            }
            Streaming::of(&opened).map(Opened::Stream)
        };
        opened().map_err(|error| failure(py, error))
    }
}

impl Streaming {
    fn of(opened: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self {
            content_type: opened.getattr("content_type")?.extract()?,
            first: opened.getattr("first")?.cast_into::<PyBytes>()?.unbind(),
            rest: opened.getattr("rest")?.cast_into::<PyIterator>()?.unbind(),
        })
    }

    /// Send the stream to its end, to its failure, or until nobody reads it any longer; the GIL
    /// is released while something is sent. A failure is logged before Lambda hears of it.
    /// Returns what became of it, and its size.
    pub(super) fn send(
        self,
        py: Python<'_>,
        client: &mut Client,
        invocation: &Invocation,
        charset: Charset,
        log: impl FnOnce(&Fault),
    ) -> PyResult<(Result<Posted, RuntimeApiError>, usize)> {
        let Self { content_type, first, rest } = self;
        let rest = rest.bind(py);
        let at_once = first.as_bytes(py);
        let begun = py.detach(|| client.begin_response(invocation, &content_type, at_once));
        let mut size_bytes = at_once.len();
        drop(first);
        let (mut upload, mut progress) = match begun {
            Ok(begun) => begun,
            Err(error) => return Ok((Err(error), 0)),
        };
        let mut sent = Ok(());
        while progress == Progress::Sent {
            let step = guarded(|| {
                let Some(chunk) = rest.clone().next() else { return Ok(None) };
                let chunk = chunk.map_err(|error| failure(py, error))?;
                let bytes = bytes_of(&chunk).map_err(|error| failure(py, error))?;
                size_bytes += bytes.len();
                Ok(Some(py.detach(|| upload.send(bytes))))
            });
            match step {
                Ok(Some(next)) => progress = next,
                Ok(None) => break,
                Err(failure) => {
                    sent = Err(failure);
                    break;
                }
            }
        }
        let closed = guarded(|| close(rest).map_err(|error| failure(py, error)));
        let fault = match sent.and(closed) {
            Ok(()) => None,
            Err(Failure::Exit(error)) => return Err(error),
            Err(Failure::Fault(fault)) => {
                Some(Fault { request_id: invocation.request_id.clone(), ..*fault })
            }
        };
        if let Some(fault) = &fault {
            log(fault);
        }
        let end = match &fault {
            _ if progress == Progress::Stopped => StreamEnd::Stopped,
            None => StreamEnd::Whole,
            Some(fault) => StreamEnd::Failed(fault, charset),
        };
        Ok((py.detach(|| client.end_response(upload, end)), size_bytes))
    }
}

/// Tell an iterator that no more is wanted of it; generators run their `finally`.
fn close(chunks: &Bound<'_, PyIterator>) -> PyResult<()> {
    chunks.py().import(MODULE)?.getattr("close")?.call1((chunks,)).map(drop)
}

fn bytes_of<'a>(chunk: &'a Bound<'_, PyAny>) -> PyResult<&'a [u8]> {
    if let Ok(bytes) = chunk.cast::<PyBytes>() {
        return Ok(bytes.as_bytes());
    }
    if let Ok(text) = chunk.cast::<PyString>()
        && let Ok(text) = text.to_str()
    {
        return Ok(text.as_bytes());
    }
    // It cannot be sent: the Python side has the words for it.
    let encoded = chunk.py().import(MODULE)?.getattr("bytes_of_chunk")?.call1((chunk,));
    Err(encoded.err().unwrap_or_else(|| PyException::new_err("a chunk cannot be sent")))
}

fn failure(py: Python<'_>, error: PyErr) -> Failure {
    let class = py.import(MODULE).and_then(|module| module.getattr("UnsendableError"));
    if class.is_ok_and(|class| error.value(py).is_instance(&class).unwrap_or(false)) {
        let what = format!("{UNMARSHALABLE}: {}", text_of(py, &error));
        return Fault::of_runtime(MARSHAL_ERROR, what).into();
    }
    Failure::of_user(py, error)
}
