//! What only tests of this library call.

use super::guard::guarded;
use super::types::{SpartaBuffer, SpartaMediaType, SpartaStatus};

/// Read memory that was freed, as a defect of this library could.
// SAFETY: no other library has names with this prefix.
#[unsafe(no_mangle)]
pub(super) extern "C" fn sparta_probe_use_after_free() -> u8 {
    let bytes = Box::into_raw(Box::new([1u8; 64]));
    // SAFETY: it comes from a Box.
    drop(unsafe { Box::from_raw(bytes) });
    // SAFETY: none, which is what AddressSanitizer is to say.
    unsafe { bytes.cast::<u8>().read_volatile() }
}

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
