"""Deployment: a Plan goes in, a Summary comes out, and only `aws.py` knows boto3.

    Template ─┐
    Package  ─┴-> Plan -> change set -> Stack -> Summary

`plan` needs no AWS; `preconditions`, `provision`, `delete` and `status` take an `Aws`. The stages
report through a callable and never print.
"""
