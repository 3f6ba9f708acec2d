//! The C ABI: open functions, invoke them with bytes, get bytes. `docs/abi.md` is its contract,
//! `include/sparta.h` its header, generated from here by `tests/header.rs`.
#![allow(unsafe_code, reason = "the caller's pointers")]

mod buffer;
mod guard;
#[cfg(feature = "probes")]
mod probe;
mod types;

use sparta_core::runtime_api::Invocation;

pub use buffer::{sparta_buffer_free, sparta_live_buffers};
pub use types::{SpartaBuffer, SpartaContext, SpartaMediaType, SpartaStatus, SpartaText};

use crate::serve::embedded::{Functions, Refusal, document};
use guard::guarded;
use types::Absent;

/// The version of this interface; it changes with every incompatible change.
pub const SPARTA_ABI_VERSION: u32 = 1;

/// Functions that are ready to be invoked. Opaque.
pub struct SpartaRuntime {
    functions: Functions,
}

/// Return the version of this interface; compare it with `SPARTA_ABI_VERSION`.
// SAFETY: no other library has names with this prefix.
#[unsafe(no_mangle)]
pub extern "C" fn sparta_abi_version() -> u32 {
    SPARTA_ABI_VERSION
}

/// Load functions by their names, such as `index.create_order`: their modules are imported now.
/// `rust:resize` is the function `resize` of the application's crate; no interpreter is needed for
/// it.
///
/// On `SPARTA_STATUS_OK` the handle is in `*runtime`, to be closed by `sparta_close`; `*error` is
/// not written. Otherwise `*runtime` is not written, and `*error` holds the error document, to be
/// freed by `sparta_buffer_free`; not on `SPARTA_STATUS_NULL_ARGUMENT`, which writes nothing.
///
/// # Safety
/// `names` points to `count` texts; every pointer in them is NULL or points to as many bytes as
/// stand beside it; `runtime` and `error` are NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sparta_open(
    names: *const SpartaText,
    count: usize,
    runtime: *mut *mut SpartaRuntime,
    error: *mut SpartaBuffer,
) -> SpartaStatus {
    if names.is_null() || runtime.is_null() || error.is_null() {
        return SpartaStatus::NullArgument;
    }
    let opened = guarded(|| {
        // SAFETY: `names` is not NULL, and points to `count` texts as the caller promises.
        let names = unsafe { std::slice::from_raw_parts(names, count) };
        let names = names.iter().map(|name| {
            // SAFETY: the caller promises it of every text.
            unsafe { name.required("a function's name") }
        });
        let names = names.collect::<Result<Vec<&str>, Absent>>()?;
        Ok(Functions::load(&names)?)
    });
    match opened {
        Ok(functions) => {
            let opened = Box::into_raw(Box::new(SpartaRuntime { functions }));
            // SAFETY: `runtime` is not NULL, and may be written as the caller promises.
            unsafe { runtime.write(opened) };
            SpartaStatus::Ok
        }
        Err(Refused { status, document }) => {
            let document = SpartaBuffer::of(document, SpartaMediaType::Json);
            // SAFETY: `error` is not NULL, and may be written as the caller promises.
            unsafe { error.write(document) };
            status
        }
    }
}

/// Invoke a function with an event, from any thread; the thread may hold the GIL or not.
///
/// `*out` holds the response on `SPARTA_STATUS_OK`, otherwise the error document; either has to be
/// freed by `sparta_buffer_free`. On `SPARTA_STATUS_NULL_ARGUMENT` it is not written.
///
/// # Safety
/// `runtime` comes from `sparta_open` and was not closed; `context` points to a context; `event`
/// and every pointer in a text is NULL or points to as many bytes as stand beside it; `out` is
/// NULL or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sparta_invoke(
    runtime: *const SpartaRuntime,
    name: SpartaText,
    event: *const u8,
    event_length: usize,
    context: *const SpartaContext,
    out: *mut SpartaBuffer,
) -> SpartaStatus {
    if runtime.is_null() || event.is_null() || context.is_null() || out.is_null() {
        return SpartaStatus::NullArgument;
    }
    let answered = guarded(|| {
        // SAFETY: `runtime` is not NULL, and is open as the caller promises.
        let functions = unsafe { &(*runtime).functions };
        // SAFETY: the caller promises it of every text.
        let name = unsafe { name.required("the function's name") }?;
        // SAFETY: `event` is not NULL, and as long as the caller promises.
        let body = unsafe { std::slice::from_raw_parts(event, event_length) }.to_vec();
        // SAFETY: `context` is not NULL, and points to a context as the caller promises.
        let context = unsafe { &*context };
        // SAFETY: its texts are as the caller promises.
        let invocation = unsafe { context.invocation(body) }?;
        Ok(functions.call(name, &invocation)?)
    });
    let (status, buffer) = match answered {
        Ok(returned) => {
            let media_type = SpartaMediaType::of(returned.content_type);
            (SpartaStatus::Ok, SpartaBuffer::of(returned.body, media_type))
        }
        Err(refused) => (refused.status, SpartaBuffer::of(refused.document, SpartaMediaType::Json)),
    };
    // SAFETY: `out` is not NULL, and may be written as the caller promises.
    unsafe { out.write(buffer) };
    status
}

/// Close what `sparta_open` opened; NULL is allowed. Nothing may use it then, or be using it.
///
/// # Safety
/// `runtime` is NULL, or comes from `sparta_open` and was not closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sparta_close(runtime: *mut SpartaRuntime) {
    if runtime.is_null() {
        return;
    }
    // SAFETY: it came from a Box in `sparta_open`, and nobody else has it any longer.
    let runtime = unsafe { Box::from_raw(runtime) };
    // A panic of a destructor ends here.
    drop(guarded(move || {
        runtime.functions.close();
        Ok(())
    }));
}

/// Why there is nothing to return.
struct Refused {
    status: SpartaStatus,
    document: Vec<u8>,
}

impl From<Absent> for Refused {
    fn from(absent: Absent) -> Self {
        let document = document("Runtime.InvalidArgument", absent.0, "");
        Self { status: SpartaStatus::InvalidText, document }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let (status, document) = match refusal {
            Refusal::Unknown(document) => (SpartaStatus::UnknownFunction, document),
            Refusal::Failed(document) => (SpartaStatus::FunctionFailed, document),
            Refusal::Exit(document) => (SpartaStatus::Exit, document),
            Refusal::NoInterpreter(document) => (SpartaStatus::NoInterpreter, document),
        };
        Self { status, document }
    }
}

impl SpartaContext {
    /// # Safety
    /// Every pointer is NULL or points to as many bytes as stand beside it.
    unsafe fn invocation(&self, body: Vec<u8>) -> Result<Invocation, Absent> {
        let optional = |text: &SpartaText, what: &str| {
            // SAFETY: the caller promises it of every text.
            let text = unsafe { text.optional(what) }?;
            Ok(text.map(str::to_owned))
        };
        Ok(Invocation {
            request_id: optional(&self.request_id, "the request id")?.unwrap_or_default(),
            deadline_ms: self.deadline_ms,
            function_arn: optional(&self.function_arn, "the function's ARN")?,
            trace_id: optional(&self.trace_id, "the trace id")?,
            client_context: optional(&self.client_context, "the client context")?,
            cognito_identity: optional(&self.cognito_identity, "the Cognito identity")?,
            tenant_id: optional(&self.tenant_id, "the tenant id")?,
            invocation_id: None,
            content_type: optional(&self.content_type, "the content type")?,
            body,
        })
    }
}
