//! Python exceptions as faults.

use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};
use sparta_core::fault::Fault;
use sparta_core::source::Sources;
use sparta_core::stack::{Frame, format_frames};

/// Frames before the user's own: AWS's client and ours never show.
const OUR_PACKAGES: [&str; 2] = ["sparta", "asyncio"];

/// Why there is no result.
pub(super) enum Failure {
    /// Lambda has to hear of it.
    Fault(Box<Fault>),
    /// The process has to end: `SystemExit`, `KeyboardInterrupt` and their like.
    Exit(PyErr),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl Failure {
    /// An exception of the user's code.
    pub(super) fn of_user(py: Python<'_>, error: PyErr) -> Self {
        if !error.is_instance_of::<PyException>(py) {
            return Self::Exit(error);
        }
        fault_of(py, &error).into()
    }

    /// An exception that means `error_type`, whatever its class.
    pub(super) fn decided(py: Python<'_>, error_type: &str, what: &str, error: PyErr) -> Self {
        if !error.is_instance_of::<PyException>(py) {
            return Self::Exit(error);
        }
        Fault::of_runtime(error_type, format!("{what}: {}", text_of(py, &error))).into()
    }
}

/// The text of an exception.
pub(super) fn text_of(py: Python<'_>, error: &PyErr) -> String {
    let text = error.value(py).str();
    let text = text.and_then(|text| Ok(crate::text::lossless(&text)?.into_owned()));
    text.unwrap_or_else(|_| "<the text of the exception cannot be read>".to_owned())
}

/// An exception of any class, told.
pub(super) fn fault_of(py: Python<'_>, error: &PyErr) -> Fault {
    if has_no_stack(py, error) {
        let error_type = error.get_type(py).name().map_or(String::new(), |name| name.to_string());
        return Fault::of_runtime(&error_type, text_of(py, error));
    }
    let calls = calls_of(py, error).unwrap_or_default();
    let frames: Vec<Frame> = calls.iter().map(|call| call.frame.clone()).collect();
    let mut sources = Sources::default();
    let stack = format_frames(&frames, |frame| source_line(py, &mut sources, &calls, frame));
    Fault {
        message: text_of(py, error),
        error_type: error.get_type(py).name().map_or(String::new(), |name| name.to_string()),
        stack,
        frames,
        ..Fault::default()
    }
}

/// Say whether an error is an answer rather than a failure of code, and says so itself.
fn has_no_stack(py: Python<'_>, error: &PyErr) -> bool {
    let flag = error.value(py).getattr_opt(intern!(py, "__sparta_stack__"));
    // Exactly False: an exception may have an answer to any name.
    matches!(flag, Ok(Some(flag)) if flag.is(&*PyBool::new(py, false)))
}

/// A frame of a traceback.
struct Call<'py> {
    frame: Frame,
    globals: Bound<'py, PyAny>,
}

impl Call<'_> {
    /// The top-level package of the code.
    fn package(&self) -> String {
        let name = self.globals.get_item("__name__").and_then(|name| name.extract::<String>());
        let name = name.unwrap_or_default();
        name.split('.').next().unwrap_or("").to_owned()
    }

    fn is_ours(&self) -> bool {
        self.frame.file.contains("/bootstrap.py") || OUR_PACKAGES.contains(&&*self.package())
    }

    /// The generated index, asked for a function that it has not loaded yet.
    fn is_index(&self) -> bool {
        self.frame.name == "__getattr__" && self.package() == "index"
    }

    fn is_import(&self) -> bool {
        self.frame.file.starts_with("<frozen importlib")
    }
}

fn calls_of<'py>(py: Python<'py>, error: &PyErr) -> PyResult<Vec<Call<'py>>> {
    let mut calls = Vec::new();
    let mut traceback = error.traceback(py).map(Bound::into_any);
    while let Some(entry) = traceback.filter(|entry| !entry.is_none()) {
        let frame = entry.getattr(intern!(py, "tb_frame"))?;
        let code = frame.getattr(intern!(py, "f_code"))?;
        let text = |name: &Bound<'py, PyString>| -> PyResult<String> {
            let value = code.getattr(name)?.cast_into::<PyString>()?;
            Ok(crate::text::lossless(&value)?.into_owned())
        };
        calls.push(Call {
            frame: Frame {
                file: text(intern!(py, "co_filename"))?,
                line: entry.getattr(intern!(py, "tb_lineno"))?.extract()?,
                name: text(intern!(py, "co_name"))?,
            },
            globals: frame.getattr(intern!(py, "f_globals"))?,
        });
        traceback = Some(entry.getattr(intern!(py, "tb_next"))?);
    }
    let leading = leading_frames(&calls);
    if leading < calls.len() {
        calls.drain(..leading);
    }
    Ok(calls)
}

/// How many frames stand before the user's first: ours, or while a function is loaded those of the
/// generated index and of the import that it makes by us. What the user's code calls stays.
fn leading_frames(calls: &[Call<'_>]) -> usize {
    let loading = matches!(calls, [first, second, ..] if first.is_index() && second.is_ours());
    let start = usize::from(loading);
    let rest = calls.iter().skip(start);
    let ours = rest.take_while(|call| call.is_ours() || (loading && call.is_import())).count();
    start + ours
}

fn source_line(
    py: Python<'_>,
    sources: &mut Sources,
    calls: &[Call<'_>],
    frame: &Frame,
) -> Option<String> {
    let line = frame.line?;
    if frame.file.starts_with('<') {
        return None;
    }
    sources.line(&frame.file, line).or_else(|| {
        // A file in an archive, or not in UTF-8: Python knows how.
        let globals = &calls.iter().find(|call| call.frame == *frame)?.globals;
        python_line(py, globals, &frame.file, line).ok()
    })
}

fn python_line(
    py: Python<'_>,
    globals: &Bound<'_, PyAny>,
    file: &str,
    line: usize,
) -> PyResult<String> {
    let linecache = py.import("linecache")?;
    linecache.call_method1("lazycache", (file, globals))?;
    linecache.call_method1("getline", (file, line))?.extract()
}
