"""Lambda's handler setting is `_sparta_handler.<function>`: nothing else has a name here."""

from _sparta_door import entry as __getattr__  # noqa: F401 - PEP 562 asks it for names
