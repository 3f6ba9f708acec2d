"""What is compared: ways to serve a function, each made in its best documented configuration.

    prepare(cache, python, "3.12", say=print) ──> Prepared(entries, skipped)

`names` has what tables call them, one module each how it is made; README.md says what each is.
"""

from __future__ import annotations

from subjects.aws_client import aws_client
from subjects.entry import Entry, Prepared
from subjects.environment import lambda_environment
from subjects.packaged import bootstrap
from subjects.places import BENCHMARKS, CACHE, ROOT
from subjects.preparation import prepare

__all__ = [
    "BENCHMARKS",
    "CACHE",
    "ROOT",
    "Entry",
    "Prepared",
    "aws_client",
    "bootstrap",
    "lambda_environment",
    "prepare",
]
