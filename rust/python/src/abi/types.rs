//! What crosses the border: statuses, texts, buffers.

use std::ffi::c_char;

/// What became of a call.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpartaStatus {
    /// Done.
    Ok = 0,
    /// An argument that has to point somewhere is NULL. Nothing was done, nothing was written.
    NullArgument = 1,
    /// A text is not UTF-8, or a required one is missing.
    InvalidText = 2,
    /// No function of this name was opened.
    UnknownFunction = 3,
    /// The function cannot be loaded, or it failed: the document says how, as Lambda wants it.
    FunctionFailed = 4,
    /// The function asked for the end of the process (`SystemExit`, `KeyboardInterrupt`): the
    /// document's `errorType` says which, its `errorMessage` the exit status of a `SystemExit`.
    Exit = 5,
    /// No Python interpreter runs in this process.
    NoInterpreter = 6,
    /// A defect of this library, caught; the process may go on.
    Panicked = 7,
}

/// What a response is.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpartaMediaType {
    /// `application/json`
    Json = 0,
    /// `application/unknown`: the handler returned bytes, which are passed on
    Unknown = 1,
}

impl SpartaMediaType {
    pub(super) fn of(content_type: &str) -> Self {
        if content_type == "application/json" { Self::Json } else { Self::Unknown }
    }
}

/// A text of the caller's, in UTF-8, without a closing NUL. NULL means: there is none. It is
/// copied where it is kept.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct SpartaText {
    /// Its bytes
    pub bytes: *const c_char,
    /// How many
    pub length: usize,
}

/// Bytes that this library made and the caller owns, until `sparta_buffer_free`.
#[repr(C)]
#[derive(Debug)]
pub struct SpartaBuffer {
    /// The bytes; not NULL, also where there are none; NULL after `sparta_buffer_free`
    pub bytes: *mut u8,
    /// How many
    pub length: usize,
    /// What they are
    pub media_type: SpartaMediaType,
}

/// What is known of an invocation; texts that are NULL are what Lambda did not send.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct SpartaContext {
    /// `context.aws_request_id`
    pub request_id: SpartaText,
    /// `context.invoked_function_arn`
    pub function_arn: SpartaText,
    /// Set as `_X_AMZN_TRACE_ID`; where it is NULL the variable is left as it is
    pub trace_id: SpartaText,
    /// JSON of `context.client_context`
    pub client_context: SpartaText,
    /// JSON of `context.identity`
    pub cognito_identity: SpartaText,
    /// `context.tenant_id`
    pub tenant_id: SpartaText,
    /// The event's media type; NULL means JSON, anything but `application/json` that the handler
    /// gets bytes
    pub content_type: SpartaText,
    /// When the invocation times out, in milliseconds since 1970
    pub deadline_ms: i64,
}

/// A text that cannot be used, and why.
pub(super) struct Absent(pub(super) String);

impl SpartaText {
    /// Read it; `what` is how errors call it.
    ///
    /// # Safety
    /// `bytes` is NULL, or points to `length` bytes that nobody changes while `'a` lasts.
    pub(super) unsafe fn optional<'a>(&self, what: &str) -> Result<Option<&'a str>, Absent> {
        if self.bytes.is_null() {
            return Ok(None);
        }
        // SAFETY: it is not NULL, and the caller promises the rest.
        let bytes = unsafe { std::slice::from_raw_parts(self.bytes.cast::<u8>(), self.length) };
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Err(Absent(format!("{what} is not UTF-8: {error}"))),
        }
    }

    /// As [`Self::optional`], for a text that has to be there.
    ///
    /// # Safety
    /// As [`Self::optional`].
    pub(super) unsafe fn required<'a>(&self, what: &str) -> Result<&'a str, Absent> {
        // SAFETY: the caller promises it.
        let text = unsafe { self.optional(what) }?;
        text.ok_or_else(|| Absent(format!("{what} is missing")))
    }
}
