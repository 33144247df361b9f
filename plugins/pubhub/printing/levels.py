"""Columns that end level: takes the places that the theme marked, says which blocks do not hold their text yet, and how high they are.

The theme finds the heights itself (theme/print/article.typ, `next-height`); a pass of Typst ends before all of them are found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ONE_COLUMN = (-1000, -1000, 1000)
"""State of a block that is set in one column, which always holds its text."""


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
    state: tuple[int, ...] = ()
    """Of a top: half lines above the bare half, the most that were too few, the fewest that were enough, changes left."""


def too_low(marks: Iterable[Mark]) -> set[str]:
    """Blocks whose text ends below their foot."""
    ends: dict[str, Mark] = {}
    feet: dict[str, Mark] = {}
    for mark in marks:
        if mark.kind in {"end", "bottom"}:
            (ends if mark.kind == "end" else feet)[mark.name] = mark
    return {
        name
        for name, end in ends.items()
        if end.page > feet[name].page or (end.page == feet[name].page and end.y > feet[name].y + 1)
    }


def unsettled(marks: Iterable[Mark]) -> set[str]:
    """Blocks that may stand better after another pass: they used up the changes of this one."""
    return {mark.name for mark in marks if mark.kind == "top" and mark.state[3] == 0}


def states(marks: Iterable[Mark]) -> dict[str, tuple[int, ...]]:
    """What another pass begins with."""
    return {mark.name: mark.state[:3] for mark in marks if mark.kind == "top"}
