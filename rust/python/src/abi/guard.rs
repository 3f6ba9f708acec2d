//! No panic leaves the library.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Refused;
use super::types::SpartaStatus;
use crate::serve::embedded::document;
use crate::serve::panic_text;

/// Run `work`; a panic in it is an error like others.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    // Nothing that `work` leaves half-done is seen again: what it makes is dropped.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let what = format!("The native core failed: {}", panic_text(panic.as_ref()));
        let document = document("Runtime.NativeCoreError", what, "");
        Err(Refused { status: SpartaStatus::Panicked, document })
    })
}
