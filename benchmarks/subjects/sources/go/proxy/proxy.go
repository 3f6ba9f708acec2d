// Package proxy is what both of the original's designs have in Go: a path per function, each request
// an event with its context in JSON.
package proxy

import (
	"encoding/json"
	"net/http"

	"benchmark/work"
)

type proxied struct {
	Event   json.RawMessage `json:"event"`
	Context json.RawMessage `json:"context"`
}

// Functions returns the functions by their paths.
func Functions() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", serve(func(json.RawMessage) (work.HTTPAnswer, error) { return work.Hello(), nil }))
	mux.HandleFunc("/orders", serve(func(event json.RawMessage) (work.HTTPAnswer, error) {
		var read work.HTTPEvent
		if err := json.Unmarshal(event, &read); err != nil {
			return work.HTTPAnswer{}, err
		}
		return work.Orders(read)
	}))
	return mux
}

func serve(answer func(json.RawMessage) (work.HTTPAnswer, error)) http.HandlerFunc {
	return func(writer http.ResponseWriter, request *http.Request) {
		var sent proxied
		if err := json.NewDecoder(request.Body).Decode(&sent); err != nil {
			http.Error(writer, err.Error(), http.StatusBadRequest)
			return
		}
		made, err := answer(sent.Event)
		if err != nil {
			http.Error(writer, err.Error(), http.StatusInternalServerError)
			return
		}
		writer.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(writer).Encode(made)
	}
}
