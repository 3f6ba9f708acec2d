"""Makes the archive: application, dependencies, run-time files, native library (files only)."""

from __future__ import annotations

from sparta.package.collect import archive_path, collect
from sparta.package.collect_all import collect_all
from sparta.package.packaged import Package, PackagedFile

__all__ = ["Package", "PackagedFile", "archive_path", "collect", "collect_all"]
