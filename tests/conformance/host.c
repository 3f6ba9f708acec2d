/* Answers events by the C ABI: a host that embeds Python, for the conformance vectors.
 *
 * argv: the task root, and the descriptor to reply on. Reads requests from standard input: the
 * deadline (8 bytes), then nine texts (name, request id, ARN, trace, client context, identity,
 * tenant, content type, event), each a length of 4 bytes (all ones: there is none) and its bytes.
 * Replies with four numbers of 4 bytes (was the function opened, status, media type, length) and
 * the document. A function stays open until another one is asked for. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sparta.h"

enum { TEXTS = 9, NAME = 0, EVENT = 8 };
#define ABSENT UINT32_MAX

static SpartaText texts[TEXTS];
static char *kept[TEXTS];
static int64_t deadline_ms;
static int replies;

static int read_exactly(void *into, size_t length) {
    return length == 0 || fread(into, length, 1, stdin) == 1;
}

static int read_request(void) {
    if (!read_exactly(&deadline_ms, sizeof deadline_ms))
        return 0;
    for (int index = 0; index < TEXTS; index++) {
        uint32_t length;
        if (!read_exactly(&length, sizeof length))
            return 0;
        free(kept[index]);
        kept[index] = NULL;
        texts[index] = (SpartaText){NULL, 0};
        if (length == ABSENT)
            continue;
        kept[index] = malloc(length + 1);
        if (!kept[index] || !read_exactly(kept[index], length))
            return 0;
        texts[index] = (SpartaText){kept[index], length};
    }
    return 1;
}

static void write_all(const void *bytes, size_t length) {
    const char *next = bytes;
    while (length > 0) {
        ssize_t written = write(replies, next, length);
        if (written <= 0)
            _exit(3);
        next += written;
        length -= (size_t)written;
    }
}

static void reply(uint32_t was_opened, SpartaStatus status, SpartaBuffer *out) {
    uint32_t head[] = {was_opened, status, out->media_type, (uint32_t)out->length};
    write_all(head, sizeof head);
    write_all(out->bytes, out->length);
    sparta_buffer_free(out);
}

static void answer(SpartaRuntime **runtime, char **opened) {
    SpartaBuffer out;
    if (*opened == NULL || strcmp(*opened, kept[NAME]) != 0) {
        free(*opened);
        *opened = NULL;
        sparta_close(*runtime);
        *runtime = NULL;
        SpartaStatus status = sparta_open(&texts[NAME], 1, runtime, &out);
        if (status != SPARTA_STATUS_OK) {
            reply(0, status, &out);
            return;
        }
        *opened = strdup(kept[NAME]);
    }
    SpartaContext context = {texts[1], texts[2], texts[3], texts[4],
                             texts[5], texts[6], texts[7], deadline_ms};
    const uint8_t *event = (const uint8_t *)texts[EVENT].bytes;
    SpartaStatus status =
        sparta_invoke(*runtime, texts[NAME], event, texts[EVENT].length, &context, &out);
    reply(1, status, &out);
}

int main(int argc, char **argv) {
    if (argc != 3 || sparta_abi_version() != SPARTA_ABI_VERSION)
        return 2;
    replies = atoi(argv[2]);
    Py_Initialize();
    PyObject *path = PySys_GetObject("path"), *entry = PyUnicode_FromString(argv[1]);
    if (!path || !entry || PyList_Insert(path, 0, entry) != 0)
        return 2;
    Py_DECREF(entry);
    SpartaRuntime *runtime = NULL;
    char *opened = NULL;
    while (read_request()) {
        if (kept[NAME])
            kept[NAME][texts[NAME].length] = 0;
        answer(&runtime, &opened);
        if (PyErr_Occurred())
            return 4;
    }
    sparta_close(runtime);
    free(opened);
    for (int index = 0; index < TEXTS; index++)
        free(kept[index]);
    return sparta_live_buffers() == 0 && Py_FinalizeEx() == 0 ? 0 : 5;
}
