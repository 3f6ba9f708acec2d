"""The guard of the hot paths: exact counts, compared with a committed baseline; no clock."""
