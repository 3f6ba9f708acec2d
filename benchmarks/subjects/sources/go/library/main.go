// The original's second design, its Go half: a C library that the Python handler calls. Each event
// becomes a request that an http.Handler answers into a recorder, as there.
package main

import "C"

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"sync"
	"unsafe"

	"benchmark/proxy"
)

var (
	lock        sync.Mutex
	credentials [3]string
	functions   = proxy.Functions()
)

//export Lambda
func Lambda(name, request, accessKey, secretKey, token *C.char, exitCode *C.int,
	contentType *C.char, contentTypeLength C.int, answer *C.char, answerLength C.int) C.int {
	lock.Lock()
	credentials = [3]string{C.GoString(accessKey), C.GoString(secretKey), C.GoString(token)}
	lock.Unlock()
	body := bytes.NewBufferString(C.GoString(request))
	made, err := http.NewRequest(http.MethodPost, "/"+C.GoString(name), body)
	if err != nil {
		*exitCode = 1
		return copied(answer, answerLength, []byte(err.Error()))
	}
	recorder := httptest.NewRecorder()
	functions.ServeHTTP(recorder, made)
	if recorder.Code >= http.StatusBadRequest {
		*exitCode = 1
	}
	copied(contentType, contentTypeLength, []byte(recorder.Header().Get("Content-Type")))
	return copied(answer, answerLength, recorder.Body.Bytes())
}

func copied(to *C.char, length C.int, from []byte) C.int {
	return C.int(copy(unsafe.Slice((*byte)(unsafe.Pointer(to)), int(length)), from))
}

func main() {}
