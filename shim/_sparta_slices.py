"""Imports a module from its slice; stands in an archive in which functions are sliced.

The slice takes the module's place: its name, its file, its lines in tracebacks, and one identity,
whoever imports it first. A name that was dropped and is asked for nevertheless, by a library that
looks names up by text, is there then: what was dropped is run, as it stands in the original.
"""

import sys
from _frozen_importlib_external import (
    SourceFileLoader,
    cache_from_source,
    spec_from_file_location,
)
from _thread import RLock

_FUTURE_ANNOTATIONS = 0x1000000
_lock = RLock()
_waiting = {}


def use(entry, root, place):
    """Import a module from the slice of the function `entry`, now and later.

    Args:
        entry: The function's name, sanitised; its slice's file is called so.
        root: The archive's folder.
        place: The module's full name; its file, relative to `root`; the lines that the slice
            lacks, first and last of each; the names that are bound on these lines only.
    """
    sys.meta_path.insert(0, Finder(f"{root}/_sparta_sliced/{entry}.py", root, place))


class Finder:
    """Finds one module, sliced."""

    def __init__(self, slice_file, root, place):
        module, path, ranges, names = place
        self.loader = SliceLoader(module, f"{root}/{path}")
        self.loader.slice_file = slice_file
        self.loader.ranges = ranges
        self.loader.names = names

    def find_spec(self, name, _path=None, _target=None):
        """Return the spec of the module; None for every other one."""
        if name != self.loader.name:
            return None
        return spec_from_file_location(name, self.loader.path, loader=self.loader)


class SliceLoader(SourceFileLoader):
    """Loads the original file's module with the code of its slice."""

    def get_data(self, path):
        """Return a file; the slice's source and bytecode in place of the original's."""
        if path == self.path:
            path = self.slice_file
        elif path == cache_from_source(self.path):
            path = cache_from_source(self.slice_file)
        return super().get_data(path)

    def set_data(self, path, content, *, _mode=0o666):
        """Write no bytecode: it would become the original's."""

    def create_module(self, spec):
        """Return a module that has dropped names when they are asked for."""
        return SlicedModule(spec.name)

    def exec_module(self, module):
        """Run the slice."""
        _waiting[module.__name__] = self
        self.importing = True
        try:
            super().exec_module(module)
        finally:
            self.importing = False


class SlicedModule(type(sys)):
    """A module whose dropped statements are run when somebody asks for one of their names."""

    def __getattr__(self, name):
        loader = _waiting.get(super().__getattribute__("__name__"))
        if loader is not None and name in loader.names:
            with _lock:
                restore(self, loader)
        return super().__getattribute__(name)


def restore(module, loader):
    """Run what was dropped from a module, on the lines where it stood.

    While the module itself is run: what stands before the line that is being run.
    """
    names = module.__dict__
    reached = reached_line(names) if loader.importing else float("inf")
    due = [lines for lines in loader.ranges if lines[1] < reached]
    loader.ranges = [lines for lines in loader.ranges if lines[1] >= reached]
    with open(loader.path, "rb") as file:
        lines = file.read().removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    wanted = [b"\n"] * len(lines)
    for first, last in due:
        wanted[first - 1 : last] = lines[first - 1 : last]
    present = {name: names[name] for name in loader.names if name in names}
    flags = loader.get_code(module.__name__).co_flags & _FUTURE_ANNOTATIONS
    exec(compile(b"".join(wanted), loader.path, "exec", flags, dont_inherit=True), names)
    names.update(present)


def reached_line(names):
    """Return the line that is being run of the module with these names; 0 if no one runs it."""
    frame = sys._getframe()
    while frame is not None:
        if frame.f_globals is names and frame.f_code.co_name == "<module>":
            return frame.f_lineno
        frame = frame.f_back
    return 0
