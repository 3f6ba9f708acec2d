"""What tables call the subjects; also the names that choose them."""

from __future__ import annotations

BARE = "bare interpreter"
AWS_CLIENT = "AWS's client"
PURE = "Sparta pure"
NATIVE = "Sparta native"
TAKEOVER = "Sparta native, takeover"
HANDLER = "Sparta native, handler"
MANGUM = "Mangum + Starlette"
POWERTOOLS = "Powertools"
CHALICE = "Chalice"
FLASK = "Flask + apig-wsgi"
ORIGINAL_SIDECAR = "the original's Node shim and Go sidecar"
ORIGINAL_LIBRARY = "the original's Go library in Python"
RUST = "AWS's Rust runtime"
GO = "AWS's Go runtime"
NODE = "AWS's Node client"
