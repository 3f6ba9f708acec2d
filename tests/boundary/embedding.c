/* Uses the C ABI as a program would that embeds Python. Prints one line for each thing that holds;
 * the first that does not ends it. argv: the folder with the module `app`. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "sparta.h"

#define TEXT(literal) ((SpartaText){(literal), sizeof(literal) - 1})
#define NONE ((SpartaText){NULL, 0})
#define HOLDS(condition)                                                  \
    do {                                                                  \
        if (!(condition)) {                                               \
            fprintf(stderr, "line %d: %s\n", __LINE__, #condition);       \
            exit(1);                                                      \
        }                                                                 \
    } while (0)

enum { THREADS = 4, EVENTS = 500 };

static const SpartaContext CONTEXT = {
    .request_id = {"8476a536", 8},
    .function_arn = {"arn:aws:lambda:us-east-1:123456789012:function:f", 49},
    .deadline_ms = 4102444800000,
};

static SpartaRuntime *runtime;

static SpartaStatus invoke(SpartaText name, const char *event, SpartaBuffer *out) {
    return sparta_invoke(runtime, name, (const uint8_t *)event, strlen(event), &CONTEXT, out);
}

static int is(const SpartaBuffer *buffer, const char *text) {
    return buffer->length == strlen(text) && memcmp(buffer->bytes, text, buffer->length) == 0;
}

static int has(const SpartaBuffer *buffer, const char *text) {
    return memmem(buffer->bytes, buffer->length, text, strlen(text)) != NULL;
}

static void expect(SpartaText name, const char *event, SpartaStatus status, const char *text) {
    SpartaBuffer out;
    HOLDS(invoke(name, event, &out) == status);
    if (!has(&out, text)) {
        fprintf(stderr, "%.*s has no %s\n", (int)out.length, (const char *)out.bytes, text);
        exit(1);
    }
    sparta_buffer_free(&out);
}

static void without_interpreter(void) {
    SpartaBuffer error;
    SpartaRuntime *none = NULL;
    SpartaText name = TEXT("app.echo");
    HOLDS(sparta_open(&name, 1, &none, &error) == SPARTA_STATUS_NO_INTERPRETER);
    HOLDS(none == NULL && has(&error, "Runtime.NoInterpreter"));
    sparta_buffer_free(&error);
}

static void null_arguments(void) {
    SpartaText name = TEXT("app.echo");
    SpartaBuffer out = {(uint8_t *)"untouched", 9, SPARTA_MEDIA_TYPE_JSON};
    SpartaRuntime *none = NULL;
    const uint8_t *event = (const uint8_t *)"1";
    HOLDS(sparta_open(NULL, 1, &none, &out) == SPARTA_STATUS_NULL_ARGUMENT);
    HOLDS(sparta_open(&name, 1, NULL, &out) == SPARTA_STATUS_NULL_ARGUMENT);
    HOLDS(sparta_open(&name, 1, &none, NULL) == SPARTA_STATUS_NULL_ARGUMENT);
    HOLDS(sparta_invoke(NULL, name, event, 1, &CONTEXT, &out) == SPARTA_STATUS_NULL_ARGUMENT);
    HOLDS(sparta_invoke(runtime, name, NULL, 1, &CONTEXT, &out) == SPARTA_STATUS_NULL_ARGUMENT);
    HOLDS(sparta_invoke(runtime, name, event, 1, NULL, &out) == SPARTA_STATUS_NULL_ARGUMENT);
    HOLDS(sparta_invoke(runtime, name, event, 1, &CONTEXT, NULL) == SPARTA_STATUS_NULL_ARGUMENT);
    HOLDS(none == NULL && is(&out, "untouched"));
    sparta_close(NULL);
    sparta_buffer_free(NULL);
}

static void failed_open(void) {
    SpartaBuffer error;
    SpartaRuntime *none = NULL;
    SpartaText names[] = {TEXT("app.echo"), TEXT("app.nothing")};
    HOLDS(sparta_open(names, 2, &none, &error) == SPARTA_STATUS_FUNCTION_FAILED);
    HOLDS(none == NULL && has(&error, "Runtime.HandlerNotFound"));
    sparta_buffer_free(&error);
    SpartaText wrong = TEXT("app.\xff");
    HOLDS(sparta_open(&wrong, 1, &none, &error) == SPARTA_STATUS_INVALID_TEXT);
    sparta_buffer_free(&error);
    SpartaText missing = NONE;
    HOLDS(sparta_open(&missing, 1, &none, &error) == SPARTA_STATUS_INVALID_TEXT);
    sparta_buffer_free(&error);
}

static void opened(void) {
    SpartaBuffer error = {(uint8_t *)"untouched", 9, SPARTA_MEDIA_TYPE_JSON};
    SpartaText names[] = {TEXT("app.echo"), TEXT("app.fails"), TEXT("app.leaves"),
                          TEXT("app.raw"),  TEXT("app.who"),   TEXT("app.empty")};
    HOLDS(sparta_open(names, 6, &runtime, &error) == SPARTA_STATUS_OK);
    HOLDS(runtime != NULL && is(&error, "untouched"));
}

static void answers(void) {
    SpartaBuffer out;
    HOLDS(invoke(TEXT("app.echo"), "{\"a\": [1, \"\xc3\xa9\"]}", &out) == SPARTA_STATUS_OK);
    HOLDS(is(&out, "{\"a\": [1, \"\xc3\xa9\"]}") && out.media_type == SPARTA_MEDIA_TYPE_JSON);
    HOLDS(sparta_live_buffers() == 1);
    sparta_buffer_free(&out);
    HOLDS(out.bytes == NULL && out.length == 0 && sparta_live_buffers() == 0);
    sparta_buffer_free(&out); /* once more does nothing */
    HOLDS(sparta_live_buffers() == 0);
    HOLDS(invoke(TEXT("app.raw"), "1", &out) == SPARTA_STATUS_OK);
    HOLDS(is(&out, "raw") && out.media_type == SPARTA_MEDIA_TYPE_UNKNOWN);
    sparta_buffer_free(&out);
    HOLDS(invoke(TEXT("app.empty"), "1", &out) == SPARTA_STATUS_OK);
    HOLDS(out.bytes != NULL && out.length == 0);
    sparta_buffer_free(&out);
    expect(TEXT("app.who"), "1", SPARTA_STATUS_OK, "\"8476a536\"");
}

static void errors(void) {
    expect(TEXT("app.fails"), "1", SPARTA_STATUS_FUNCTION_FAILED,
           "{\"errorMessage\": \"no\", \"errorType\": \"ValueError\", "
           "\"requestId\": \"8476a536\", \"stackTrace\": [\"  File ");
    expect(TEXT("app.echo"), "{", SPARTA_STATUS_FUNCTION_FAILED, "Runtime.UnmarshalError");
    expect(TEXT("app.other"), "1", SPARTA_STATUS_UNKNOWN_FUNCTION, "Runtime.HandlerNotFound");
    expect(TEXT("app.\xff"), "1", SPARTA_STATUS_INVALID_TEXT, "Runtime.InvalidArgument");
    expect(NONE, "1", SPARTA_STATUS_INVALID_TEXT, "Runtime.InvalidArgument");
    expect(TEXT("app.leaves"), "3", SPARTA_STATUS_EXIT,
           "{\"errorMessage\": \"3\", \"errorType\": \"SystemExit\"");
    HOLDS(PyErr_Occurred() == NULL);
}

static void *serve(void *unused) {
    (void)unused;
    for (int index = 0; index < EVENTS; index++) {
        SpartaBuffer out;
        HOLDS(invoke(TEXT("app.echo"), "[1, 2]", &out) == SPARTA_STATUS_OK);
        HOLDS(is(&out, "[1, 2]"));
        sparta_buffer_free(&out);
    }
    return NULL;
}

static void threads(void) {
    pthread_t each[THREADS];
    PyThreadState *state = PyEval_SaveThread(); /* they attach by themselves */
    for (int index = 0; index < THREADS; index++)
        HOLDS(pthread_create(&each[index], NULL, serve, NULL) == 0);
    for (int index = 0; index < THREADS; index++)
        HOLDS(pthread_join(each[index], NULL) == 0);
    PyEval_RestoreThread(state);
}

#ifdef SPARTA_PROBES
SpartaStatus sparta_probe_panic(SpartaBuffer *out);

static void panics(void) {
    SpartaBuffer out;
    HOLDS(sparta_probe_panic(&out) == SPARTA_STATUS_PANICKED);
    HOLDS(has(&out, "The native core failed: probe"));
    sparta_buffer_free(&out);
}
#endif

static void start_python(const char *folder) {
    Py_Initialize();
    PyObject *path = PySys_GetObject("path");
    PyObject *entry = PyUnicode_FromString(folder);
    HOLDS(path != NULL && entry != NULL && PyList_Insert(path, 0, entry) == 0);
    Py_DECREF(entry);
}

int main(int argc, char **argv) {
    HOLDS(argc == 2 && sparta_abi_version() == SPARTA_ABI_VERSION);
    without_interpreter();
    start_python(argv[1]);
    failed_open();
    opened();
    null_arguments();
    answers();
    errors();
    threads();
#ifdef SPARTA_PROBES
    panics();
#endif
    HOLDS(sparta_live_buffers() == 0);
    sparta_close(runtime);
    HOLDS(Py_FinalizeEx() == 0);
    without_interpreter();
    HOLDS(sparta_live_buffers() == 0);
    puts("all holds");
    return 0;
}
