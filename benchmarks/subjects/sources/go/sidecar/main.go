// The original's first design, its Go half: a server on localhost that the Node shim starts, and
// that tells by SIGUSR2 that it listens.
package main

import (
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"syscall"

	"benchmark/proxy"
)

func main() {
	parent, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	if err := syscall.Kill(parent, syscall.SIGUSR2); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, proxy.Functions()))
}
