//! What only tests of this library call.

use super::guard::guarded;
use super::types::{SpartaBuffer, SpartaMediaType, SpartaStatus};

/// Panic, as a defect of this library would.
///
/// # Safety
/// `out` may be written.
#[unsafe(no_mangle)]
#[expect(clippy::panic, reason = "tests prove what becomes of a panic")]
pub(super) unsafe extern "C" fn sparta_probe_panic(out: *mut SpartaBuffer) -> SpartaStatus {
    match guarded::<()>(|| panic!("probe")) {
        Ok(()) => SpartaStatus::Ok,
        Err(refused) => {
            let document = SpartaBuffer::of(refused.document, SpartaMediaType::Json);
            // SAFETY: the caller promises it.
            unsafe { out.write(document) };
            refused.status
        }
    }
}
