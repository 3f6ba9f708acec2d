//! SIGTERM: asked of Lambda only where the application has a handler for it.

use std::env;

use pyo3::intern;
use pyo3::prelude::*;
use sparta_core::runtime_api::Extension;

use super::notice;
use super::sink::LogSink;

const SIGTERM: i32 = 15;
const EXTENSION: &str = "sparta-shutdown";

/// Have SIGTERM sent, if the application has installed a handler for it while it started;
/// `sparta.on_shutdown` does that too. One thread without Python waits from then on.
pub(super) fn expect(py: Python<'_>, sink: &LogSink) -> PyResult<()> {
    let signal = py.import(intern!(py, "_signal"))?;
    if !signal.call_method1(intern!(py, "getsignal"), (SIGTERM,))?.is_callable() {
        return Ok(());
    }
    let address = env::var("AWS_LAMBDA_RUNTIME_API").unwrap_or_default();
    match py.detach(|| Extension::register(&address, EXTENSION)) {
        Ok(extension) => {
            std::thread::spawn(move || extension.wait());
            Ok(())
        }
        Err(error) => {
            let text = format!("Lambda will not send SIGTERM to this function: {error}");
            notice::warning(py, sink, "sparta", "", &text)
        }
    }
}
