"""Tables for people: takes figures, gives aligned lines in which a Chinese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from scripts.bench.figures import Figures
from scripts.words import Words

_HEADS = (
    "bench-head-generator",
    "bench-head-wall",
    "bench-head-scatter",
    "bench-head-cpu",
    "bench-head-memory",
    "bench-head-size",
    "bench-head-files",
    "bench-head-rate",
    "bench-head-ratio",
)
SCENARIOS: Mapping[str, str] = {
    "cold": "bench-cold",
    "unchanged": "bench-unchanged",
    "text": "bench-text",
    "title": "bench-title",
    "new": "bench-new",
    "withdrawn": "bench-withdrawn",
    "template": "bench-template",
}
"""The words for each scenario."""


def table(figures: Sequence[Figures], words: Words) -> str:
    """One block per scenario, ours first as the figures come; the ratio says how many times longer than ours."""
    blocks = []
    for name in dict.fromkeys(one.scenario for one in figures):
        rows = [one for one in figures if one.scenario == name]
        ours = next((one for one in rows if one.ratios), None)
        blocks.append(
            words(SCENARIOS[name]) + "\n" + aligned([heads(_HEADS, words), *(_row(one, ours) for one in rows)])
        )
    return "\n\n".join(blocks)


def heads(keys: Sequence[str], words: Words) -> tuple[str, ...]:
    """The first line of a table."""
    return tuple(words(key) for key in keys)


def _row(one: Figures, ours: Figures | None) -> tuple[str, ...]:
    ratio = ours.ratios.get(one.generator) if ours else None
    return (
        one.generator,
        seconds(one.wall),
        f"{seconds(min(one.walls))}–{seconds(max(one.walls))}",
        seconds(one.cpu),
        megabytes(one.memory),
        megabytes(one.size.bytes),
        str(one.size.files),
        f"{one.rate:.0f}",
        f"{ratio:.2f}×" if ratio else "—",
    )


def seconds(value: float) -> str:
    """1.23 s, or 12.3 s: three digits are more than a run repeats."""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def megabytes(value: int) -> str:
    """In units of a million bytes."""
    return f"{value / 1e6:.1f} MB"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, numbers to the right."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    return "\n".join(
        "  ".join(_padded(cell, widths[n], left=n == 0) for n, cell in enumerate(row)).rstrip() for row in rows
    )


def width(text: str) -> int:
    """Columns on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, columns: int, left: bool) -> str:
    space = " " * (columns - width(text))
    return text + space if left else space + text
