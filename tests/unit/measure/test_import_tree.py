"""What is made of the records of several imports."""

from __future__ import annotations

from sparta.measure.import_tree import Edge, Module, modules_of, savings

MS = 1_000_000


def own(file: str) -> str | None:
    return file if file in {"app.py", "lib.py"} else None


def modules(**costs: float) -> list[Module]:
    return [
        Module(name.replace("__", "."), "", ms, ms, ms)
        for name, ms in {"index": 1, **costs}.items()
    ]


def edges(*lines: str) -> list[Edge]:
    """Return what `app.py:3 app -> numpy` and the like say."""
    found = []
    for line in lines:
        place, module, _, asked = line.split()
        file, _, number = place.partition(":")
        found.append(Edge(module, file, int(number), asked))
    return found


def test_own_time_is_without_what_was_loaded_meanwhile_and_a_median() -> None:
    runs = [
        [["index", -1, 10 * MS, 20 * MS, True], ["app", 0, part * MS, 9 * MS, True]]
        for part in (4, 1, 3)
    ]
    first, second = modules_of(runs)
    assert first == Module("index", "", 7, 10, 20)
    assert second == Module("app", "index", 3, 3, 9)


def test_a_module_that_was_looked_for_in_vain_is_told() -> None:
    (found,) = modules_of([[["no_such", -1, MS, MS, False]]])
    assert not found.found


def test_a_statement_costs_what_only_it_brings_in() -> None:
    found = savings(
        modules(app=1, big=20, big__part=5, shared=7, small=2),
        edges(
            "index.py:1 index -> app",
            "app.py:3 app -> big",
            "app.py:4 app -> small",
            "/x/big.py:1 big -> big.part",
            "/x/big.py:2 big -> shared",
            "/x/small.py:1 small -> shared",
        ),
        own,
    )
    assert [(one.name, one.places, one.cpu_ms, one.modules) for one in found] == [
        ("big", ("app.py:3",), 25, 2),
        ("small", ("app.py:4",), 2, 1),
    ]


def test_all_statements_that_import_one_package_go_together() -> None:
    (lib, big) = sorted(
        savings(
            modules(app=1, lib=1, big=20, big__part=5),
            edges(
                "index.py:1 index -> app",
                "app.py:3 app -> lib",
                "app.py:9 app -> big.part",
                "lib.py:2 lib -> big",
            ),
            own,
        ),
        key=lambda one: one.cpu_ms,
    )
    assert (lib.name, lib.cpu_ms) == ("lib", 1)  # `app` imports big, too
    assert (big.places, big.cpu_ms) == (("app.py:9", "lib.py:2"), 25)


def test_what_the_runtime_needs_too_is_no_saving() -> None:
    found = savings(
        modules(app=1, json=3),
        edges("index.py:1 index -> app", "index.py:2 index -> json", "app.py:1 app -> json"),
        own,
    )
    assert found == []


def test_circles_end() -> None:
    found = savings(
        modules(app=1, lib=2),
        edges("index.py:1 index -> app", "app.py:1 app -> lib", "lib.py:1 lib -> app"),
        own,
    )
    assert [(one.name, one.cpu_ms) for one in found] == [("lib", 2)]
