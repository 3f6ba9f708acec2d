"""Tables of text: aligned, wrapped to the room there is."""

from __future__ import annotations

from sparta.cli.table import table


def test_columns_are_as_wide_as_their_cells() -> None:
    assert table("Things", ("A", "Name"), [("1", "x"), ("22", "yy\nz")]).splitlines() == [
        "Things",
        "A   Name",
        "──  ────",
        "1   x",
        "22  yy",
        "    z",
    ]


def test_the_widest_column_gives_way() -> None:
    text = table("Things", ("Short", "Long"), [("abc", "word " * 60)])
    assert max(len(line) for line in text.splitlines()) <= 120
    assert text.count("word") == 60


def test_a_table_without_rows_is_nothing() -> None:
    assert table("Things", ("A",), []) == ""
