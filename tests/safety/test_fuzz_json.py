"""Random and mutated texts through the JSON codec and the typed decoder, beside Python's own.

Each codec is fuzzed for FUZZ_SECONDS (20): `FUZZ_SECONDS=600 nox -s safety -- -k fuzz` by hand. A
failure names the text and the seed that begins with it: FUZZ_SEED.
"""

from __future__ import annotations

import json
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.errors import EventError
from sparta.runtime.decode import decode

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Fuzz = Callable[[Callable[[random.Random], bool], float], int]

ROUNDS = 1_000
"""A target that makes fewer in its time does not look."""
VECTORS = Path(__file__).parents[1] / "conformance" / "vectors"
PIECES = (
    *(
        '"',
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\n",
        "\t",
        "\x00",
        "\x1f",
        "\ufeff",
        "é",
        "😀",
    ),
    *(
        "\\u",
        "\\ud800",
        "\\udc00",
        "\\n",
        "\\/",
        "\\x",
        "null",
        "true",
        "NaN",
        "-Infinity",
        "-",
        "+",
    ),
    *("0", "1", "9" * 17, "9" * 18, "9" * 19, "1" * 40, ".", "e", "E+", "1e400", "5e-324", "01"),
    *('"a"', '"a": ', '"aaaaaaa"', '"aaaaaaaa"', '"aaaaaaaaa"', "[[[[", "]]]]", '{"a": {"b": 1}}'),
)
SCHEMAS: tuple[tuple[Any, ...], ...] = (
    ("list", ("optional", ("int",))),
    ("dict", ("union", (("str",), ("list", ("float",)), ("none",)))),
    (
        "object",
        dict,
        (("a", ("int",), True), ("b", ("list", ("str",)), False), ("c", ("any",), False)),
    ),
    ("union", (("bool",), ("literal", ("a", 1)), ("dict", ("any",)))),
)


@pytest.fixture(scope="module")
def core(native_library: Path) -> Any:
    """Return the module `_sparta`, loaded into this process only here."""
    loader = ExtensionFileLoader("_sparta", str(native_library))
    spec = spec_from_loader("_sparta", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def corpus() -> list[str]:
    """Return the events of the conformance vectors, as texts."""
    found = []
    for path in sorted(VECTORS.glob("*.json")):
        for vector in json.loads(path.read_text(encoding="utf-8"))["vectors"]:
            text = vector.get("event_text", json.dumps(vector.get("event"), ensure_ascii=False))
            if isinstance(text, str) and len(text) < 2_000:
                found.append(text)
    return found


def mutated(chance: random.Random, seeds: list[str]) -> str:
    """Return a text of the corpus with some changes, or one out of pieces."""
    if chance.random() < 0.3:
        return "".join(chance.choices(PIECES, k=chance.randint(1, 12)))
    text = chance.choice(seeds)
    for _ in range(chance.randint(0, 4)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 0, 1, 1, 2, 8)))
        text = text[:start] + chance.choice(("", *PIECES)) + text[end:]
    return text


def refused(name: str) -> float:
    raise ValueError(name)


def by_python(text: str) -> Any:
    """Read as Python's own reader, which refuses the mark in a str."""
    return json.loads(text.removeprefix("\ufeff"), parse_constant=refused)


def by_python_of_bytes(raw: bytes) -> Any:
    return by_python(raw.decode())


def outcome(read: Callable[[Any], Any], text: str | bytes) -> tuple[str, str]:
    """Return a value as its repr, which tells 1 from 1.0 and -0.0 from 0.0; or that it is none."""
    try:
        return "value", repr(read(text))
    except (ValueError, RecursionError):
        return "refused", ""


def agree(read: Callable[[Any], Any], chance: random.Random, seeds: list[str]) -> bool:
    """Hold a reader beside Python's own, on a text and on bytes."""
    text = mutated(chance, seeds)
    assert outcome(read, text) == outcome(by_python, text), ascii(text)
    raw = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.2:
        at = chance.randint(0, len(raw))
        raw = raw[:at] + bytes([chance.randint(0, 255)]) + raw[at + 1 :]
    assert outcome(read, raw) == outcome(by_python_of_bytes, raw), raw
    return True


def test_reading_agrees_with_python(core: Any, fuzz: Fuzz, fuzz_seconds: float) -> None:
    seeds = corpus()
    assert fuzz(lambda chance: agree(core.loads, chance, seeds), fuzz_seconds / 2) > ROUNDS


def test_a_reader_that_differs_is_found(fuzz: Fuzz) -> None:
    """This one takes every 0 for another, so that an odd text has to come by."""
    seeds = corpus()

    def odd(text: str | bytes) -> Any:
        value = by_python(text if isinstance(text, str) else text.decode())
        return 0.0 if value == 0 else value

    with pytest.raises(AssertionError) as found:
        fuzz(lambda chance: agree(odd, chance, seeds), 60)
    assert "FUZZ_SEED=" in found.value.__notes__[0]


def test_writing_agrees_with_python(core: Any, fuzz: Fuzz, fuzz_seconds: float) -> None:
    seeds = corpus()

    def target(chance: random.Random) -> bool:
        try:
            value = json.loads(mutated(chance, seeds))
        except (ValueError, RecursionError):
            return False
        value = [value, "".join(chance.choices('a"\\\n\x1f\x7fé😀 ', k=chance.randint(0, 40)))]
        try:
            wanted = json.dumps(value, ensure_ascii=False).encode()
        except ValueError:  # a lone surrogate, which is no UTF-8
            with pytest.raises(ValueError, match="surrogates"):
                core.dumps(value)
            return True
        assert core.dumps(value) == wanted, ascii(value)
        return True

    assert fuzz(target, fuzz_seconds / 2) > ROUNDS


def test_typed_decoding_agrees_with_python(core: Any, fuzz: Fuzz, fuzz_seconds: float) -> None:
    seeds = ['{"a": 1, "b": ["x"], "c": {}}', "[1, null, 2]", '{"k": "v", "l": [1, 2.5]}', '"a"']

    def target(chance: random.Random) -> bool:
        try:
            value = core.loads(mutated(chance, seeds))
        except (ValueError, RecursionError):
            return False
        schema = chance.choice(SCHEMAS)
        assert decoded(core.decode, schema, value) == decoded(decode, schema, value), ascii(value)
        return True

    assert fuzz(target, fuzz_seconds) > ROUNDS


def decoded(how: Callable[..., Any], schema: tuple[Any, ...], value: Any) -> tuple[str, str]:
    """Return what a decoder makes of a value, or every problem it finds.

    A place with a lone surrogate, which Rust's text cannot hold, is compared as it is escaped.
    """
    try:
        return "value", repr(how(schema, value, "body"))
    except EventError as error:
        return "problems", str(error).encode("utf-8", "backslashreplace").decode()
