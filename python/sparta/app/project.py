"""The project an application belongs to: the folder that `.sparta/` goes into."""

from __future__ import annotations

from pathlib import Path

from sparta.app.main_module import importable


def project_of(app_file: Path) -> Path:
    """Return the nearest folder with a pyproject.toml, else the one the archive is made of."""
    root = Path(importable(str(app_file.resolve()))[0])
    for folder in (root, *root.parents):
        if (folder / "pyproject.toml").is_file():
            return folder
        if (folder / ".git").exists():
            break
    return root
