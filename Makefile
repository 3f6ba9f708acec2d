# The commands of this project. `make` lists them; each says what it does while it does it.
# CONTRIBUTING.md explains the gates; noxfile.py says what each of them runs.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := list
MAKEFLAGS += --no-print-directory

VENV := $(CURDIR)/.venv
export PATH := $(VENV)/bin:$(PATH)
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

PYTHON ?= python3
LIBRARY := python/sparta/_sparta.abi3.so
RUST_SOURCES := $(wildcard Cargo.toml Cargo.lock rust-toolchain.toml) \
	$(shell find rust -type f -not -path '*/target/*' -not -path 'rust/fuzz/*' 2>/dev/null)
SAY = @printf '\033[1m== %s\033[0m\n'

.PHONY: list env core wheels demo test test-deps lint quick bench bench-quick bench-readme fuzz lock clean

list: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

env: $(VENV)/.installed ## the Python environment in .venv, every package with its hash

$(VENV)/.installed: requirements/uv.txt requirements/dev.txt pyproject.toml build_backend/sparta_build.py
	$(SAY) "env: Python environment in .venv (the first time some 60 MB of packages)"
	@python=$$($(PYTHON) -c 'import sys; print(sys.executable)'); \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "env: $$python is older than Python 3.11; name a newer one: make env PYTHON=/path/to/python3" >&2; \
		exit 1; }; \
	test -x $(VENV)/bin/python || "$$python" -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --no-deps --require-hashes --only-binary :all: \
		-r requirements/uv.txt
	@$(VENV)/bin/uv pip install --python $(VENV)/bin/python --require-hashes --no-deps --no-build \
		-r requirements/dev.txt
	@$(VENV)/bin/uv pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation \
		--editable .
	@touch $@

core: $(LIBRARY) ## the native library, for this machine's architecture and Lambda's oldest GLIBC

$(LIBRARY): $(RUST_SOURCES) build_backend/build_core.py | $(VENV)/.installed
	$(SAY) "core: native library by cargo-zigbuild (the first time about a minute)"
	@$(VENV)/bin/python build_backend/build_core.py $@

wheels: core ## what is released, in dist/: wheels with the libraries, and the sources
	$(SAY) "wheels: libraries by cargo-zigbuild (the first time a minute or two each)"
	@$(VENV)/bin/python build_backend/build_wheels.py dist

demo: core ## provision examples/orders to a local AWS, use it, delete it
	$(SAY) "demo: examples/orders, native runtime, local AWS"
	@$(VENV)/bin/python examples/orders/demo.py

test-deps: ## Debian packages that tests need (only as root with CI=true)
	@packages=$$(grep -v '^#' requirements/system.txt || true); \
	if [ -z "$$packages" ]; then echo "test-deps: no system package is needed"; \
	elif dpkg --status $$packages >/dev/null 2>&1; then \
		echo "test-deps: already installed:" $$packages; \
	elif [ "$${CI:-}" = true ] && [ "$$(id -u)" = 0 ]; then \
		echo "test-deps: installing" $$packages; \
		apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $$packages; \
	else echo "test-deps: not root with CI=true: tests that lack one of these skip:" $$packages; fi

test: test-deps core ## every test there is
	$(SAY) "test: every gate, the quick ones first"
	@$(VENV)/bin/nox --sessions lint types imports rust architecture guard tests safety

lint: $(VENV)/.installed ## ruff, mypy, pyright, import-linter
	@$(VENV)/bin/nox --sessions lint types imports

quick: $(VENV)/.installed ## before each commit: lint, architecture, unit tests
	@$(VENV)/bin/nox --sessions quick

bench: core ## every subject and workload, at a share of a core too (as root; half an hour); BENCH="--minutes 5"
	$(SAY) "bench: set-up, then at most 30 minutes; results in benchmarks/results"
	@$(VENV)/bin/python benchmarks/full.py $(BENCH)

bench-readme: $(VENV)/.installed ## the numbers in README.md, from the last full results
	@$(VENV)/bin/python benchmarks/readme.py

bench-quick: core ## CPU and memory beside AWS's own client (under 3 minutes)
	$(SAY) "bench-quick: cold start, events, memory; results in benchmarks/results/quick.json"
	@$(VENV)/bin/python benchmarks/quick.py

fuzz: core ## every codec for FUZZ_SECONDS (600), by chance and guided by coverage
	$(SAY) "fuzz: each codec and each target of rust/fuzz for $${FUZZ_SECONDS:-600} seconds"
	@$(VENV)/bin/nox --sessions fuzz

lock: $(VENV)/.installed ## resolve every requirements file anew
	$(SAY) "lock: requirements/*.txt, and what the local AWS installs for itself"
	@$(LOCK) requirements/uv.in -o requirements/uv.txt
	@$(LOCK) --extra zig pyproject.toml requirements/dev.in -o requirements/dev.txt
	@$(LOCK) requirements/compatibility.in -o requirements/compatibility.txt
	@cd requirements/bench; for name in mangum powertools flask typical heavy original; do \
		$(LOCK) $$name.in -o $$name.txt; done; $(LOCK) --no-deps chalice.in -o chalice.txt
	@cd python/sparta/local; for name in ministack runtime; do \
		$(LOCK) requirements/$$name.in -o requirements/$$name.txt; done
	@cd python/sparta/package; $(LOCK) --no-deps requirements/handler.in -o requirements/handler.txt

LOCK = $(VENV)/bin/uv pip compile --quiet --python $(VENV)/bin/python --python-version 3.11 \
	--universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

clean: ## everything that was made here, .venv too
	rm -rf .venv .nox .cache .sparta target build dist $(LIBRARY) \
		python/sparta/_native_src python/sparta/_libraries \
		benchmarks/results/quick.json benchmarks/results/*.partial.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
