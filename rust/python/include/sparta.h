/* The C ABI of Sparta's native core; docs/abi.md says who owns what, and when.
 * Generated from rust/python/src/abi by the test `header`: do not edit. */

#ifndef SPARTA_H
#define SPARTA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// The version of this interface; it changes with every incompatible change.
#define SPARTA_ABI_VERSION 1

// What became of a call.
enum SpartaStatus
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Done.
  SPARTA_STATUS_OK = 0,
  // An argument that has to point somewhere is NULL. Nothing was done, nothing was written.
  SPARTA_STATUS_NULL_ARGUMENT = 1,
  // A text is not UTF-8, or a required one is missing.
  SPARTA_STATUS_INVALID_TEXT = 2,
  // No function of this name was opened.
  SPARTA_STATUS_UNKNOWN_FUNCTION = 3,
  // The function cannot be loaded, or it failed: the document says how, as Lambda wants it.
  SPARTA_STATUS_FUNCTION_FAILED = 4,
  // The function asked for the end of the process (`SystemExit`, `KeyboardInterrupt`): the
  // document's `errorType` says which, its `errorMessage` the exit status of a `SystemExit`.
  SPARTA_STATUS_EXIT = 5,
  // No Python interpreter runs in this process.
  SPARTA_STATUS_NO_INTERPRETER = 6,
  // A defect of this library, caught; the process may go on.
  SPARTA_STATUS_PANICKED = 7,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum SpartaStatus SpartaStatus;
#else
typedef uint32_t SpartaStatus;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What a response is.
enum SpartaMediaType
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // `application/json`
  SPARTA_MEDIA_TYPE_JSON = 0,
  // `application/unknown`: the handler returned bytes, which are passed on
  SPARTA_MEDIA_TYPE_UNKNOWN = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum SpartaMediaType SpartaMediaType;
#else
typedef uint32_t SpartaMediaType;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Functions that are ready to be invoked. Opaque.
typedef struct SpartaRuntime SpartaRuntime;

// A text of the caller's, in UTF-8, without a closing NUL. NULL means: there is none. It is
// copied where it is kept.
typedef struct {
  // Its bytes
  const char *bytes;
  // How many
  size_t length;
} SpartaText;

// Bytes that this library made and the caller owns, until `sparta_buffer_free`.
typedef struct {
  // The bytes; not NULL, also where there are none; NULL after `sparta_buffer_free`
  uint8_t *bytes;
  // How many
  size_t length;
  // What they are
  SpartaMediaType media_type;
} SpartaBuffer;

// What is known of an invocation; texts that are NULL are what Lambda did not send.
typedef struct {
  // `context.aws_request_id`
  SpartaText request_id;
  // `context.invoked_function_arn`
  SpartaText function_arn;
  // Set as `_X_AMZN_TRACE_ID`; where it is NULL the variable is left as it is
  SpartaText trace_id;
  // JSON of `context.client_context`
  SpartaText client_context;
  // JSON of `context.identity`
  SpartaText cognito_identity;
  // `context.tenant_id`
  SpartaText tenant_id;
  // The event's media type; NULL means JSON, anything but `application/json` that the handler
  // gets bytes
  SpartaText content_type;
  // When the invocation times out, in milliseconds since 1970
  int64_t deadline_ms;
} SpartaContext;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Return the version of this interface; compare it with `SPARTA_ABI_VERSION`.
uint32_t sparta_abi_version(void);

// Load functions by their names, such as `index.create_order`: their modules are imported now.
// `rust:resize` is the function `resize` of the application's crate; no interpreter is needed for
// it.
//
// On `SPARTA_STATUS_OK` the handle is in `*runtime`, to be closed by `sparta_close`; `*error` is
// not written. Otherwise `*runtime` is not written, and `*error` holds the error document, to be
// freed by `sparta_buffer_free`; not on `SPARTA_STATUS_NULL_ARGUMENT`, which writes nothing.
//
// # Safety
// `names` points to `count` texts; every pointer in them is NULL or points to as many bytes as
// stand beside it; `runtime` and `error` are NULL or may be written.
SpartaStatus sparta_open(const SpartaText *names,
                         size_t count,
                         SpartaRuntime **runtime,
                         SpartaBuffer *error);

// Invoke a function with an event, from any thread; the thread may hold the GIL or not.
//
// `*out` holds the response on `SPARTA_STATUS_OK`, otherwise the error document; either has to be
// freed by `sparta_buffer_free`. On `SPARTA_STATUS_NULL_ARGUMENT` it is not written.
//
// # Safety
// `runtime` comes from `sparta_open` and was not closed; `context` points to a context; `event`
// and every pointer in a text is NULL or points to as many bytes as stand beside it; `out` is
// NULL or may be written.
SpartaStatus sparta_invoke(const SpartaRuntime *runtime,
                           SpartaText name,
                           const uint8_t *event,
                           size_t event_length,
                           const SpartaContext *context,
                           SpartaBuffer *out);

// Close what `sparta_open` opened; NULL is allowed. Nothing may use it then, or be using it.
//
// # Safety
// `runtime` is NULL, or comes from `sparta_open` and was not closed.
void sparta_close(SpartaRuntime *runtime);

// Free what a buffer holds, and make it empty: freeing it once more does nothing. NULL is allowed.
//
// # Safety
// `buffer` is NULL, or points to a buffer that this library wrote, and nobody reads its bytes.
void sparta_buffer_free(SpartaBuffer *buffer);

// Return how many buffers are not freed yet: for tests and diagnosis.
size_t sparta_live_buffers(void);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* SPARTA_H */
