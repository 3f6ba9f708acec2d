"""From the samples of a run to its file, its tables, its chart and README's block."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from chart import svg
from matrix import Cell
from reading import COLD, RESULTS, Reading, last, read
from readme import BEGIN, END, README, block, with_block
from record import Record, presentable
from sparta.measure.regime import E1, E2, FULL, on_demand
from sparta.measure.subject import Sample
from tables import markdown

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = {
    "finished": True,
    "python": "Python 3.12.1 (main, Jan 1 2026)",
    "machine": {"processor": "P", "architecture": "x86_64", "cores": 2, "kernel": "6.1.0-debian"},
    "versions": {"go": "go 1.26"},
    "pinned": "everything runs on CPU 1",
    "cpu_from": "a cgroup",
    "not_throttled": None,
    "event_bytes": {"hello": 1536},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    record = Record(dict(ABOUT), zips={"hello/Sparta native": 2048})
    for regime in (FULL, E1, E2, on_demand(512)):
        for name, speed in (("Other <b>", 1.0), ("Sparta native", 2.0)):
            for factor in (1, 3, 2):
                sample = Sample(*(value * factor * speed for value in (1, 2, 3, 4, 5, 6, 7, 8)))
                record.add(Cell("hello", name, regime.name), sample)
    record.add(Cell("hello", "bare", FULL.name), Sample(9.0, 9.5, peak_mib=8.0))
    record.skipped["Go"] = "no module at https://modules.example/x, see /srv/build/log"
    record.fail(Cell("orders", "Late", FULL.name), OSError("gone"))
    record.end_part("cold starts", wanted=15, done=3, estimated_s=9.0, used_s=1.25)
    path = tmp_path / "2026-01-02.json"
    record.write(path)
    return path


def test_the_file_holds_every_sample(file: Path) -> None:
    document = json.loads(file.read_text("utf-8"))
    assert len(document["cells"]) == 9
    assert document["cells"][0] == {
        "workload": "hello",
        "subject": "Other <b>",
        "regime": "full core",
        "samples": [
            [1, 2, 3, 4, 5, 6, 7, 8],
            [3, 6, 9, 12, 15, 18, 21, 24],
            [2, 4, 6, 8, 10, 12, 14, 16],
        ],
    }
    assert document["skipped"] == {"Go": "no module at <address> see .../log"}
    assert document["failures"][0]["error"] == "gone"


def test_it_is_read_as_it_was_written(file: Path) -> None:
    reading = read(file)
    assert reading.date == "2026-01-02"
    assert reading.subjects("hello", E1.name) == ["Other <b>", "Sparta native"]
    cold = reading.spread("hello", E1.name, "Other <b>", COLD)
    assert cold is not None
    assert (cold.median, cold.least, cold.most) == (12, 6, 18)
    assert reading.spread("hello", FULL.name, "bare", COLD) is None


def test_a_run_that_was_cut_short_says_so(file: Path) -> None:
    reading = read(file)
    text = markdown(Reading({**reading.document, "finished": False}, reading.date))
    assert "ended before its last part" in text
    text = markdown(Reading({**reading.document, "not_throttled": "not root"}, reading.date))
    assert "No part with a share of a core**: not root." in text


def test_the_tables_hide_nothing(file: Path) -> None:
    text = markdown(read(file))
    assert "- Left out: Go: no module" in text
    assert "- **Failed**: Late, orders, full core: gone" in text
    assert "| Other <b> | 3 | 12.0 (6.0-18.0) | 2.0 (1.0-3.0) |" in text
    assert "| bare | 1 | - | 9.0 (9.0-9.0) | 9.5 (9.5-9.5) | - |" in text
    assert "## hello: E2, 128 MB: 7.2 % of a core from exec on" in text
    assert "| subject | E1 128 MB | E1 512 MB |" in text
    assert "3 of 15 rounds" in text


def test_the_first_spartas_claim_stands_beside_its_designs(file: Path) -> None:
    assert "headline" not in markdown(read(file))
    changed = file.with_name("2026-01-03.json")
    changed.write_text(file.read_text("utf-8").replace("Other <b>", "Original design"), "utf-8")
    text = markdown(read(changed)).partition("headline")[2].partition("##")[0]
    assert "from elsewhere" in text
    assert "| Original design | 12.0 (6.0-18.0) | 12.0 (6.0-18.0) | 12.0 (6.0-18.0) |" in text
    assert "| Sparta native | 24.0" in text


def test_the_chart_is_well_formed_and_fits(file: Path) -> None:
    root = ET.fromstring(svg(read(file)))
    space = "{http://www.w3.org/2000/svg}"
    width = float(root.attrib["viewBox"].split()[2])
    bars = list(root.iter(f"{space}rect"))
    assert len(bars) == 2 * 3
    assert max(float(bar.attrib["x"]) + float(bar.attrib["width"]) for bar in bars) <= width - 60
    assert "Other <b>" in [text.text for text in root.iter(f"{space}text")]


def test_the_block_names_who_is_ahead(file: Path) -> None:
    text = block(read(file))
    assert "| **Sparta native** | 4.0 | 24.0 | 24.0 | 20.0 | 32.0 |" in text
    assert "Ahead of Sparta native: start, CPU: Other <b>; " in text
    assert "bare" not in text.partition("Ahead of")[2]
    whole = with_block(f"Above\n{BEGIN}\nold\n{END}\nbelow\n", text)
    assert whole == f"Above\n{BEGIN}\n{text}{END}\nbelow\n"
    assert with_block(whole, text) == whole


def test_a_readme_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(SystemExit, match="README"):
        with_block("nothing", "block")


def test_an_error_is_kept_short() -> None:
    assert len(presentable("x" * 5000)) < 700
    assert presentable("in ../a/b and 1/2") == "in ../a/b and 1/2"


def test_the_readme_has_the_numbers_of_the_last_results() -> None:
    reading = last()
    if reading is None:
        pytest.skip(f"no full run is kept in {RESULTS.name} yet: make bench")
    text = README.read_text("utf-8")
    assert with_block(text, block(reading)) == text, "make bench-readme"
    table = RESULTS / f"{reading.date}.md"
    assert table.read_text("utf-8") == markdown(reading)
    assert table.with_suffix(".svg").read_text("utf-8") == svg(reading)
