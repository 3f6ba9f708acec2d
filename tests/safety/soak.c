/* Invokes a function over and over by the C ABI, in a program that embeds Python. Prints by how
 * many kB memory grew after the first WARM events, and how many buffers are not freed at the end.
 * argv: the folder with the module `soak`, EVENTS, WARM, the function, "free" or "keep" (what it
 * is given). */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sparta.h"

static const char *const EVENTS[] = {
    "{\"path\": \"/orders\", \"items\": [{\"id\": 1, \"price\": 2.5, \"name\": \"\xc3\xa9\\n\"}, null]}",
    "\"bytes\"", "\"fails\"", "{\"not\": JSON", "12345678901234567890123", "[[], {}, \"\\ud800\"]",
};
enum { KINDS = sizeof(EVENTS) / sizeof(EVENTS[0]) };

static void needs(int condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "%s\n", what);
        exit(1);
    }
}

static long resident_kb(void) {
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    needs(file != NULL && fscanf(file, "%*s %ld", &pages) == 1, "no /proc/self/statm");
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void start_python(const char *folder) {
    Py_Initialize();
    PyObject *path = PySys_GetObject("path");
    PyObject *entry = PyUnicode_FromString(folder);
    needs(path && entry && PyList_Insert(path, 0, entry) == 0, "no sys.path");
    Py_DECREF(entry);
}

int main(int argc, char **argv) {
    needs(argc == 6, "usage: soak FOLDER EVENTS WARM FUNCTION free|keep");
    long events = atol(argv[2]), warm = atol(argv[3]), before = 0;
    int frees = strcmp(argv[5], "free") == 0;
    SpartaText name = {argv[4], strlen(argv[4])};
    SpartaContext context = {.request_id = {"8476a536", 8}, .deadline_ms = 4102444800000};
    SpartaRuntime *runtime = NULL;
    SpartaBuffer out;
    start_python(argv[1]);
    needs(sparta_open(&name, 1, &runtime, &out) == SPARTA_STATUS_OK, "not opened");
    for (long index = 0; index < events; index++) {
        const char *event = EVENTS[index % KINDS];
        SpartaStatus status = sparta_invoke(runtime, name, (const uint8_t *)event, strlen(event),
                                            &context, &out);
        int fails = index % KINDS == 2 || index % KINDS == 3 || index % KINDS == 5;
        needs(status == (fails ? SPARTA_STATUS_FUNCTION_FAILED : SPARTA_STATUS_OK), "wrong status");
        if (frees)
            sparta_buffer_free(&out);
        if (index == warm)
            before = resident_kb();
    }
    printf("%ld %zu\n", resident_kb() - before, (size_t)sparta_live_buffers());
    sparta_close(runtime);
    return Py_FinalizeEx() == 0 ? 0 : 1;
}
