"""The application's own modules: found by name, judged as a whole, asked what they import."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from sparta.package.packaged import APPLICATION
from sparta.package.slice.dynamic import dynamic_access, elsewhere
from sparta.package.slice.origins import origins_of, patched_by, source_of
from sparta.package.slice.statements import Statements, imported_modules, perhaps_imported
from sparta.package.slice.submodules import implicit_use
from sparta.package.slice.unit import ALL, Definition, units_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sparta.package.packaged import PackagedFile
    from sparta.package.slice.statements import Verdict
    from sparta.package.slice.unit import Unit

WITHOUT_STATEMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)
_BY_NAME = {"import_module", "__import__", "resolve_name", "run_module", "modules"}
"""What finds a module by a text."""


class Module:
    """One Python file of the application.

    Args:
        file: The file, as it stands in the archive.
    """

    def __init__(self, file: PackagedFile) -> None:
        self.file = file
        self.name = module_name(file.path)

    @cached_property
    def content(self) -> bytes:
        """The source."""
        return self.file.read()

    @cached_property
    def tree(self) -> ast.Module | None:
        """The parsed source; None if this interpreter cannot parse it."""
        try:
            return ast.parse(self.content)
        except (SyntaxError, ValueError, RecursionError):
            return None

    @property
    def parsed(self) -> ast.Module:
        """As `tree`, with nothing in it if this interpreter cannot parse it."""
        return self.tree or ast.Module([], [])

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        is_package = self.file.path.endswith("/__init__.py")
        return self.name if is_package else self.name.rpartition(".")[0]

    @cached_property
    def finds_by_name(self) -> bool:
        """Whether it may import others by a text."""
        for node in ast.walk(self.parsed):
            if getattr(node, "attr", getattr(node, "id", "")) in _BY_NAME:
                return True
            if isinstance(node, ast.ImportFrom) and {one.name for one in node.names} & _BY_NAME:
                return True
        return False

    @cached_property
    def implicit_use(self) -> str:
        """Its first use of a submodule that it does not import; see `submodules`."""
        return implicit_use(self.parsed.body)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The statements of its top level."""
        return units_of(self.parsed)


class Modules:
    """All modules of the application.

    Args:
        files: The files of the archive.
    """

    def __init__(self, files: Iterable[PackagedFile]) -> None:
        own = [file for file in files if file.owner == APPLICATION and file.is_python]
        self.by_name = {module.name: module for module in map(Module, own)}
        self._folders = {folder for name in self.by_name for folder in parents_of(name)}
        self._pure: dict[str, bool] = {}
        self._verdicts: dict[str, dict[Unit, Verdict]] = {}
        self._asked: dict[tuple[str, str], tuple[set[str], str]] = {}

    def is_pure(self, name: str) -> bool | None:
        """Say whether importing a module of the application has no effect; None if it has none."""
        module = self.by_name.get(name)
        if module is None:
            # The folder of a package without `__init__` is the application's too.
            return True if name in self._folders else None
        if name not in self._pure:
            self._pure[name] = False  # for those that import each other in a circle
            verdicts = self.verdicts(module).items()
            self._pure[name] = (
                module.tree is not None
                and not dynamic_access(module.units)
                and not any(verdict.effect for unit, verdict in verdicts if not _is_future(unit))
                and all(self.is_pure(parent) for parent in parents_of(name))
            )
        return self._pure[name]

    def verdicts(self, module: Module) -> dict[Unit, Verdict]:
        """Return what is known of each statement of `module`."""
        if module.name not in self._verdicts:
            judged = self._pure.setdefault(module.name, False)
            origins = origins_of(module.units, module.package, self._patched(module))
            annotated = not any(map(_puts_off_annotations, module.units))
            statements = Statements(origins, self.is_pure, annotated=annotated)
            self._verdicts[module.name] = statements.verdicts(module.units, module.content)
            if not judged:
                del self._pure[module.name]
        return self._verdicts[module.name]

    def _patched(self, module: Module) -> set[str]:
        """Return the top-level names of modules whose attributes `module` or others replace."""
        loaded = self.loaded_with(module.parsed.body, module.package, later=True)
        beside = [module, *(self.by_name[name] for name in loaded if name in self.by_name)]
        if any(one.finds_by_name for one in beside):
            beside = list(self.by_name.values())
        return {name for one in beside for name in patched_by(one.parsed)}

    def asked_of(self, name: str, loaded: Collection[str]) -> tuple[set[str], str]:
        """Return the names that other modules import from the module `name`.

        Args:
            name: The module's name.
            loaded: The modules that may be imported beside it. Where one of them finds modules by
                a text, that may be any of the application's.

        Returns:
            The names, and why they cannot be told; "" if they can.
        """
        near = {name, *loaded}  # reading only these: parsing is what costs
        beside = [one for one in self.by_name.values() if one.name in near and one.tree]
        if any(one.finds_by_name for one in beside):
            beside = [one for one in self.by_name.values() if one.tree]
        names: set[str] = set()
        for module in beside:
            pair = (module.name, name)
            if pair not in self._asked:
                self._asked[pair] = _asked(module, name)
            found, problem = self._asked[pair]
            if problem:
                return names, f"{module.file.path}, {problem}"
            names |= found
        return names, ""

    def loaded_with(self, nodes: Iterable[ast.AST], package: str, *, later: bool) -> set[str]:
        """Return the modules that statements import, and those that these import, and so on.

        Args:
            nodes: The statements.
            package: The package they stand in.
            later: Whether what functions import when they are called counts too.
        """
        found: set[str] = set()
        waiting = [package, *_imports_of(nodes, package, later=later)]
        while waiting:
            name = waiting.pop()
            if name and name not in found:
                found.add(name)
                waiting += parents_of(name)
                module = self.by_name.get(name)
                if module is not None and module.tree is not None:
                    waiting += _imports_of(module.tree.body, module.package, later=later)
        return found


def parents_of(name: str) -> set[str]:
    """Return the packages that a module is in, which are imported before it."""
    parts = name.split(".")
    return {".".join(parts[:length]) for length in range(1, len(parts))}


def module_name(path: str) -> str:
    """Return the importable name of a file in the archive."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imports_of(nodes: Iterable[ast.AST], package: str, *, later: bool) -> Iterator[str]:
    for top in nodes:
        if isinstance(top, WITHOUT_STATEMENTS) or (isinstance(top, Definition) and not later):
            continue
        for node in ast.walk(top):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from imported_modules(node, package)
                yield from perhaps_imported(node, package)


def _is_future(unit: Unit) -> bool:
    return isinstance(unit.node, ast.ImportFrom) and unit.node.module == "__future__"


def _puts_off_annotations(unit: Unit) -> bool:
    return _is_future(unit) and "annotations" in unit.binds


def _asked(module: Module, name: str) -> tuple[set[str], str]:
    names: set[str] = set()
    tree = module.parsed
    problem = elsewhere(tree) if module.name != name else ""
    if problem:
        return names, problem
    whole = f"{name} is imported as a whole"
    package, _, last = name.rpartition(".")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            if any(f"{alias.name}.".startswith(f"{name}.") for alias in node.names):
                return names, f"line {node.lineno}: {whole}"
        elif isinstance(node, ast.ImportFrom):
            source = source_of(node, module.package)
            imported = {alias.name for alias in node.names}
            if source == name:
                names |= imported
            if ALL in names or (source == package and {last, ALL} & imported):
                return names, f"line {node.lineno}: {whole}"
    if module.name != name and module.finds_by_name and _is_named(module, last):
        return names, f"{name} may be imported by its name there"
    return names, ""


def _is_named(module: Module, last: str) -> bool:
    """Say whether a text names the module; a part may be joined to it, so a part counts."""
    return any(last in unit.reads for unit in module.units)
