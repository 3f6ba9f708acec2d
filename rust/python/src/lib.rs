//! The Python module `_sparta`: JSON both ways, typed decoding, and the loop that serves a Lambda
//! function. Everything that does not need Python is in `sparta-core`.
#![deny(unsafe_code)]

pub mod abi;
mod interpreter;
mod json;
mod serve;
mod text;
mod typed;

/// The native core of Sparta.
#[pyo3::pymodule(gil_used = true)]
mod _sparta {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::json::{dumps, loads};
    #[pymodule_export]
    use crate::serve::compiled::call_rust;
    #[pymodule_export]
    use crate::serve::observed::{emit_metric, emit_record, invocation};
    #[cfg(feature = "probes")]
    #[pymodule_export]
    use crate::serve::probes::{leak, panic};
    #[pymodule_export]
    use crate::serve::takeover::take_over;
    #[pymodule_export]
    use crate::serve::{check_start, run};
    #[pymodule_export]
    use crate::typed::decode;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        #[cfg(feature = "probes")]
        crate::serve::probes::look_for_leaks_at_exit(module.py())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
