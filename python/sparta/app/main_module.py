"""Gives `app.py` its importable name while it runs as a script.

`python app.py` runs it as `__main__`; a `handlers.py` that says `from app import orders` would run
it a second time and get other objects. So `__main__` is registered under the name that the archive
will know it by, before any other module of the application is imported.

Modules may make boto3 clients while they are imported, as they should for Lambda. Where no region
is set up at all, that would fail before the first `provision --local`; so one is lent meanwhile.
"""

from __future__ import annotations

import sys

REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")
LENT_REGION = "us-east-1"

_lent = False


def importable(file: str) -> tuple[str, str]:
    """Return the archive's root folder for an application file, and its module name there.

    The root is the file's folder, or the folder that holds its top package.

    Args:
        file: Path of the application file.
    """
    import os

    folder, name = os.path.split(os.path.abspath(file))
    parts = [name.removesuffix(".py")]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    if len(parts) > 1 and parts[-1] in ("__init__", "__main__"):
        parts.pop()
    return folder, ".".join(parts)


def register() -> bool:
    """Register the running script under its importable name; return whether there is one."""
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    if main is None or file is None or not file.endswith(".py"):
        return False
    spec = getattr(main, "__spec__", None)
    if spec is not None:
        sys.modules.setdefault(spec.name, main)
        return False
    lend_region()
    root, module = importable(file)
    if module not in sys.modules and all(part.isidentifier() for part in module.split(".")):
        sys.modules[module] = main
        if root not in sys.path:
            sys.path.insert(0, root)
    return True


def lend_region() -> None:
    """Set a region while the application's modules are imported, if none is set up anywhere."""
    global _lent  # noqa: PLW0603 - one process, one loan
    import os

    config = os.environ.get("AWS_CONFIG_FILE") or os.path.expanduser("~/.aws/config")
    if not os.path.isfile(config) and not any(os.environ.get(name) for name in REGION_VARIABLES):
        os.environ["AWS_DEFAULT_REGION"] = LENT_REGION
        _lent = True


def take_back_region() -> None:
    """Undo `lend_region`: which AWS is meant is the user's to say, not a loan's."""
    global _lent  # noqa: PLW0603 - as above
    if _lent:
        import os

        os.environ.pop("AWS_DEFAULT_REGION", None)
        _lent = False
