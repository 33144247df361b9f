"""Columns that end level: takes the places that the theme marked, says which blocks are too low for their text, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

HALF_LINE = 8.75
"""Points: half of theme/print's pitch."""
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
