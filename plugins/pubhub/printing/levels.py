"""Columns that end level: takes the places that the theme marked, says which blocks are too low for their text, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

HALF_LINE = 8.75
"""Points: half of theme/print's pitch."""
TOP = 25 / 25.4 * 72
"""Points: where the text of a page begins."""
_TAIL = 16 * HALF_LINE
"""Points: less than this may stand in the left column alone."""
_STEPS = 6
"""Half lines that a block grows at once, at most."""


@dataclass(frozen=True)
class Mark:
    """A place that the theme marked."""

    kind: str
    """item, top, end, bottom or last."""
    name: str
    page: int
    x: float
    """Points from the left edge."""
    y: float
    """Points from the top edge."""


def too_high(marks: Iterable[Mark]) -> dict[str, int]:
    """Half lines that a block may lose: its last page is empty, or all that is left of its text stands in the left column."""
    places: dict[str, dict[str, Mark]] = {}
    for mark in marks:
        places.setdefault(mark.name, {})[mark.kind] = mark
    high = {}
    for name, found in sorted(places.items()):
        if not {"top", "end", "bottom"} <= found.keys():
            continue
        top, end, foot = found["top"], found["end"], found["bottom"]
        if end.page < foot.page:
            high[name] = max(1, math.ceil((foot.y - TOP) / HALF_LINE))
        elif top.page < end.page == foot.page and end.x < top.x + 1 and _TAIL < end.y - TOP <= foot.y + 1 - TOP:
            steps = math.floor((foot.y - TOP - (end.y - TOP) / 2) / HALF_LINE)
            high.update({name: steps} if steps > 0 else {})
    return high


def too_low(marks: Iterable[Mark]) -> dict[str, int]:
    """Half lines by which each block must grow whose text ends below its foot: both columns take what is too much."""
    ends: dict[str, Mark] = {}
    feet: dict[str, Mark] = {}
    for mark in marks:
        if mark.kind in {"end", "bottom"}:
            (ends if mark.kind == "end" else feet)[mark.name] = mark
    low = {}
    for name, end in sorted(ends.items()):
        foot = feet[name]
        if end.page > foot.page:
            low[name] = _STEPS
        elif end.page == foot.page and end.y > foot.y + 1:
            low[name] = min(_STEPS, math.ceil((end.y - foot.y) / 2 / HALF_LINE))
    return low
