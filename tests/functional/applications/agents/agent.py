"""Asks for a handler and lets go of it, as Datadog's tracer does; then asks again."""

import gc
import sys

import _sparta_handler

_ = _sparta_handler.show
del _sparta_handler, sys.modules["_sparta_handler"], sys.modules["_sparta_door"]
gc.collect()
gc.collect()

from _sparta_handler import show as handler  # noqa: E402, F401 - the handler setting names it
