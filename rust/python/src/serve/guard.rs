//! A panic must become an error that Lambda reports, never the end of the process.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sparta_core::fault::Fault;

use super::failure::Failure;

/// Run `work`; a panic in it is a fault.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    // What `work` leaves half-done is one invocation's; the next one starts anew.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let what = format!("The native core failed: {}", panic_text(panic.as_ref()));
        Err(Fault::of_runtime("Runtime.NativeCoreError", what).into())
    })
}

/// What a panic says.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown panic")
}
