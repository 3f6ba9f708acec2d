"""Where things are: the benchmarks' own folders, and the cache they make their subjects in."""

from __future__ import annotations

from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parents[1]
ROOT = BENCHMARKS.parent
CACHE = ROOT / ".cache" / "benchmarks"
APPLICATIONS = BENCHMARKS / "applications"
"""Applications of Sparta, one per workload."""
HANDLERS = BENCHMARKS / "handlers"
"""The same for the others, one folder per subject."""
SOURCES = BENCHMARKS / "subjects" / "sources"
"""Projects in Go, Rust and for Node."""
LOCKS = ROOT / "requirements" / "bench"
"""What the archives hold besides, with hashes."""
