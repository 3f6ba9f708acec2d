"""`python -m sparta`, the same as `sparta`."""

from __future__ import annotations

from sparta.cli import main

main()
