//! Bytes that change owners.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::guard::guarded;
use super::types::{SpartaBuffer, SpartaMediaType};

static LIVE: AtomicUsize = AtomicUsize::new(0);

impl SpartaBuffer {
    /// Hand `bytes` over to the caller.
    pub(super) fn of(bytes: Vec<u8>, media_type: SpartaMediaType) -> Self {
        LIVE.fetch_add(1, Ordering::Relaxed);
        let length = bytes.len();
        let bytes = Box::into_raw(bytes.into_boxed_slice()).cast::<u8>();
        Self { bytes, length, media_type }
    }
}

/// Free what a buffer holds, and make it empty: freeing it once more does nothing. NULL is allowed.
///
/// # Safety
/// `buffer` is NULL, or points to a buffer that this library wrote, and nobody reads its bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sparta_buffer_free(buffer: *mut SpartaBuffer) {
    // SAFETY: it is NULL, or points to a buffer as the caller promises.
    let Some(buffer) = (unsafe { buffer.as_mut() }) else { return };
    if buffer.bytes.is_null() {
        return;
    }
    let first = std::mem::replace(&mut buffer.bytes, std::ptr::null_mut());
    let bytes = std::ptr::slice_from_raw_parts_mut(first, std::mem::take(&mut buffer.length));
    // SAFETY: address and length are those of the Box that `SpartaBuffer::of` took apart.
    let bytes = unsafe { Box::from_raw(bytes) };
    LIVE.fetch_sub(1, Ordering::Relaxed);
    drop(guarded(move || {
        drop(bytes);
        Ok(())
    }));
}

/// Return how many buffers are not freed yet: for tests and diagnosis.
// SAFETY: no other library has names with this prefix.
#[unsafe(no_mangle)]
pub extern "C" fn sparta_live_buffers() -> usize {
    LIVE.load(Ordering::Relaxed)
}
