"""Serves the function on Sparta's native core from within AWS's client.

Lambda's handler setting is `_sparta_takeover.<function>`: AWS's client imports this module, and
the import does not end. No exec wrapper is needed, and another one may be there. Where the core
must not or cannot take over, the import ends, and AWS's client calls the same function.
"""


def __getattr__(name):
    """Return what AWS's client calls where it serves: what the index has."""
    import index

    return getattr(index, name)


def _sparta_enter():
    try:
        from _sparta import take_over
    except BaseException as error:  # noqa: BLE001 - of another version, or a panic
        reason = error
    else:
        reason = take_over(__name__)
    if reason is not None:
        import sys

        sys.stderr.write(f"sparta: AWS's client serves this function: {reason}\n")


_sparta_enter()
