"""The chart of a full run: an SVG of bars, readable on light and on dark ground.

Left: from exec to the first answer of hello at 128 MB, init and first event apart. Right: CPU time
of a warm event on a full core.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from reading import COLD
from sparta.measure.regime import E1, FULL

if TYPE_CHECKING:
    from reading import Reading

WIDTH = 880
CHARACTER = 7.6
"""Of a name in bold, on the average: names get what the longest needs."""
GAP = 76
ROW = 24
TOP = 66
STYLE = """\
text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
.title { font-weight: 600 } .small { font-size: 11.5px; fill: #59636e } .ours { font-weight: 600 }
.a { fill: #8c959f } .b { fill: #57606a } .ours-a { fill: #2f81f7 } .ours-b { fill: #0b4fb3 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .small { fill: #9198a1 }
.a { fill: #6e7681 } .b { fill: #b1bac4 } .ours-a { fill: #2f81f7 } .ours-b { fill: #a5d0ff }
}"""


@dataclass(frozen=True, slots=True)
class Panel:
    """One column of bars: where it begins, how wide it is, and what is the longest."""

    left: float
    width: float
    most: float

    def bar(self, y: float, parts: list[tuple[str, float]], text: str) -> str:
        """Return the parts of a bar beside each other, with a text behind them."""
        shapes, x = [], self.left
        for style, value in parts:
            width = max(1.0, value / self.most * self.width)
            shapes.append(
                f'<rect class="{style}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
                f'height="{ROW - 8}"/>'
            )
            x += width
        return (
            "".join(shapes) + f'<text class="small" x="{x + 5:.1f}" y="{y + 12:.1f}">{text}</text>'
        )


def svg(reading: Reading) -> str:
    """Return the chart of `hello`; without a share of a core, its start on a full one."""
    regime = E1.name if ("hello", E1.name) in reading.tables() else FULL.name
    names = [
        name
        for name in reading.subjects("hello", regime)
        if reading.spread("hello", regime, name, COLD)
    ]
    left = 20 + CHARACTER * max(map(len, names), default=0)
    height = TOP + ROW * len(names) + 44
    space = (WIDTH - left - 2 * GAP) / 2
    cold = Panel(left, space, _most(reading, regime, names, COLD))
    warm = Panel(left + space + GAP, space, _most(reading, FULL.name, names, "warm_cpu_ms"))
    place = "E1 128 MB" if regime == E1.name else "a full core"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>Cold starts and warm events of one function, {reading.date}</title>",
        f"<style>{STYLE}</style>",
        _text(left, 22, f"Cold start, {place}: wall ms", "title"),
        _text(left, 40, "to the first answer; the tip: its event", "small"),
        _text(warm.left, 22, "Warm event, full core: CPU ms", "title"),
        _text(
            warm.left,
            40,
            f"an event of {reading.document['event_bytes']['hello']:,} bytes",
            "small",
        ),
    ]
    for number, name in enumerate(names):
        y = TOP + number * ROW
        ours = "ours-" if name.startswith("Sparta") else ""
        style = "ours" if ours else "other"
        lines.append(
            f'<text class="{style}" x="{left - 10:.1f}" y="{y + 12}" text-anchor="end">'
            f"{escape(name)}</text>"
        )
        init = _median(reading, regime, name, "init_wall_ms")
        first = _median(reading, regime, name, "first_wall_ms")
        total = _median(reading, regime, name, COLD)
        bars = [(f"{ours}a", init), (f"{ours}b", first)]
        lines.append(cold.bar(y, bars, f"{total:,.1f}"))
        spent = _median(reading, FULL.name, name, "warm_cpu_ms")
        lines.append(warm.bar(y, [(f"{ours}a", spent)], f"{spent:.3f}"))
    note = f"Medians of one run, {reading.date}; subjects in turn. Not Lambda: benchmarks/README.md"
    lines += [_text(left, height - 12, note, "small"), "</svg>"]
    return "\n".join(lines) + "\n"


def _text(x: float, y: float, text: str, style: str) -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _median(reading: Reading, regime: str, name: str, figure: str) -> float:
    found = reading.spread("hello", regime, name, figure)
    return found.median if found else 0.0


def _most(reading: Reading, regime: str, names: list[str], figure: str) -> float:
    return max((_median(reading, regime, name, figure) for name in names), default=0.0) or 1.0
