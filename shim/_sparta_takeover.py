"""Serves the function on Sparta's native core from within AWS's client.

Lambda's handler setting is `_sparta_takeover.<function>`: AWS's client imports this module, and
the import does not end. No exec wrapper is needed, and another one may be there. Where the core
must not or cannot take over, the import ends, and AWS's client calls the same function.
"""

import sys

import index as _index


def __getattr__(name):
    """Return what AWS's client calls where it serves: what the index has."""
    return getattr(_index, name)


try:
    from _sparta import take_over as _take_over
except ImportError as _error:
    sys.stderr.write(f"sparta: AWS's client serves this function: {_error}\n")
else:
    _take_over(__name__)
