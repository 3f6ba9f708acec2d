"""Turns one CloudFormation resource schema into Python types, for the stubs of `sparta.cfn`.

Scalars take tokens, because a number may be a parameter too; text is `str`, which a token is.
An object with named properties becomes a TypedDict, so that it is written as a plain dictionary.
"""

from __future__ import annotations

import json
import keyword
import re
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]

SCALARS = {
    "string": "str",
    "integer": "Integer",
    "number": "Number",
    "boolean": "Boolean",
    "null": "None",
}
COMPOSED = ("anyOf", "oneOf", "allOf")
MOST_LITERALS = 120
"""An enumeration longer than this (instance types, languages) stays plain text."""
SUMMARY_CHARACTERS = 110


@dataclass
class Shape:
    """One TypedDict: its fields as (name, type, required, summary)."""

    name: str
    fields: list[tuple[str, str, bool, str]] = field(default_factory=list)


@dataclass
class Shapes:
    """The types that one resource type needs.

    Args:
        schema: The resource type's schema.
        prefix: The resource type's last word; nested types are named after it.
    """

    schema: Schema
    prefix: str
    found: dict[str, Shape] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    """Types by the definition or the inline object that they stand for."""

    def properties(self) -> list[tuple[str, str, bool, str]]:
        """Return what the constructor takes: name, type, whether required, summary."""
        read_only = self.schema.get("readOnlyProperties", ())
        fixed = {path.removeprefix("/properties/") for path in read_only}
        required = set(self.schema.get("required", ()))
        return [
            (name, self.type_of(node, name), name in required, summary(node))
            for name, node in sorted(self.schema.get("properties", {}).items())
            if name not in fixed or name in required
        ]

    def type_of(self, node: Schema, path: str) -> str:
        """Return the type of one schema node; `path` names what is found on the way."""
        if "$ref" in node:
            return self._of_reference(node["$ref"])
        if "enum" in node or "const" in node:
            found = _literal(node.get("enum") or [node["const"]])
            if found:
                return found
        kinds = node.get("type")
        if kinds is None:
            kinds = self._implied(node)
        if kinds is None:
            return self._of_alternatives(node, path)
        kinds = [kinds] if isinstance(kinds, str) else kinds
        return union([self._of_kind(kind, node, path) for kind in kinds])

    @staticmethod
    def _implied(node: Schema) -> str | None:
        if "properties" in node or "patternProperties" in node:
            return "object"
        return "array" if "items" in node else None

    def _of_reference(self, pointer: str) -> str:
        if pointer not in self.known:
            target: Any = self.schema
            for part in pointer.removeprefix("#/").split("/"):
                target = target[part]
            self.known[pointer] = "Any"  # while it is made: what holds itself is no shape
            self.known[pointer] = self.type_of(target, pointer.rpartition("/")[2])
        return self.known[pointer]

    def _of_alternatives(self, node: Schema, path: str) -> str:
        for word in COMPOSED:
            parts = [part for part in node.get(word, ()) if isinstance(part, dict)]
            types = [self.type_of(part, f"{path}{number or ''}")
                     for number, part in enumerate(parts)]  # fmt: skip
            if types:
                return union(types)
        return "Any"

    def _of_kind(self, kind: str, node: Schema, path: str) -> str:
        if kind == "object":
            return self._of_object(node, path)
        if kind == "array":
            return self._of_array(node, path)
        return SCALARS[kind]

    def _of_array(self, node: Schema, path: str) -> str:
        items = node.get("items")
        if not isinstance(items, dict):
            return "Sequence[Any] | Token"
        items = _with_constants(items, node.get("prefixItems", ()))
        item = self.type_of(items, f"{path}Item" if "$ref" not in items else path)
        return "Strings" if item == "str" else f"Sequence[{item}] | Token"

    def _of_object(self, node: Schema, path: str) -> str:
        properties = _properties(node)
        if properties:
            return self._shape(node, properties, path)
        values = [*node.get("patternProperties", {}).values()]
        if isinstance(node.get("additionalProperties"), dict):
            values.append(node["additionalProperties"])
        if not values:
            return "Json"
        return f"Mapping[str, {union([self.type_of(one, f'{path}Value') for one in values])}]"

    def _shape(self, node: Schema, properties: Schema, path: str) -> str:
        content = json.dumps(node, sort_keys=True)
        if content in self.known:
            return self.known[content]
        name = f"{self.prefix}_{re.sub(r'[^A-Za-z0-9]', '', path)}"
        while name in self.found:
            name += "_"
        shape = self.found[name] = Shape(name)
        self.known[content] = name
        if self.schema.get("definitions", {}).get(path) is node:
            self.known[f"#/definitions/{path}"] = name  # it may hold itself
        required = set(node.get("required", ()))
        for key, value in sorted(properties.items()):
            kind = self.type_of(value, f"{path.removesuffix('Item')}{key[:1].upper()}{key[1:]}")
            shape.fields.append((key, kind, key in required, summary(value)))
        return name


def _properties(node: Schema) -> Schema:
    """Return an object's properties, those of its alternatives among them."""
    found: Schema = dict(node.get("properties", {}))
    if not found:
        for word in COMPOSED:
            for part in node.get(word, ()):
                found |= part.get("properties", {}) if isinstance(part, dict) else {}
    return found


def _with_constants(items: Schema, first: Any) -> Schema:  # noqa: ANN401 - any JSON
    """Return `items` with the constants that its first elements must have, as an enumeration."""
    constants: dict[str, list[Any]] = {}
    for element in first if isinstance(first, list) else ():
        for name, node in element.get("properties", {}).items():
            constants.setdefault(name, []).extend([node["const"]] if "const" in node else [])
    properties = items.get("properties", {})
    narrowed = {
        name: {**node, "enum": sorted(set(constants[name]))} if constants.get(name) else node
        for name, node in properties.items()
    }
    return {**items, "properties": narrowed} if properties else items


def _literal(values: list[Any]) -> str:
    """Return the type of an enumeration; "" where its values are no literals of one kind."""
    if all(isinstance(value, str) for value in values) and len(set(values)) <= MOST_LITERALS:
        listed = ", ".join(quoted(value) for value in sorted(set(values)))
        return f"Literal[{listed}] | Token"
    if all(isinstance(value, int) for value in values):
        listed = ", ".join(repr(value) for value in sorted(set(values)))
        return f"Literal[{listed}] | Token"
    return ""


def quoted(text: str) -> str:
    """Return a text as a Python string in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def union(types: list[str]) -> str:
    """Return the union of types, each once, in their order."""
    members = {member for one in types for member in _members(one)}
    if "Any" in members:
        return "Any"
    ordered = dict.fromkeys(member for one in types for member in _members(one))
    if "str" in ordered:
        # A token is text, and so is every literal.
        ordered = {one: None for one in ordered
                   if one != "Token" and not one.startswith('Literal["')}  # fmt: skip
    return " | ".join(ordered)


def _members(text: str) -> list[str]:
    """Split a union at its own bars, not at those within brackets or quotes."""
    found, depth, start, within = [], 0, 0, False
    for at, character in enumerate(text):
        if character == '"' and text[at - 1] != "\\":
            within = not within
        elif not within and character in "[]":
            depth += 1 if character == "[" else -1
        elif not within and character == "|" and depth == 0:
            found.append(text[start:at].strip())
            start = at + 1
    return [*found, text[start:].strip()]


def summary(node: Schema) -> str:
    """Return the first sentence of a node's description, plain and short; "" without one."""
    text = " ".join(str(node.get("description", "")).split())
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text.replace("``", "`").replace("\\", ""))
    sentence = re.split(r"(?<=[.:])\s", text, maxsplit=1)[0].rstrip(":").replace('"', "'")
    if len(sentence) <= SUMMARY_CHARACTERS:
        return sentence
    return sentence[:SUMMARY_CHARACTERS].rpartition(" ")[0] + " ..."


def is_name(text: str) -> bool:
    """Say whether a property's name can be an argument."""
    return text.isidentifier() and not keyword.iskeyword(text)
