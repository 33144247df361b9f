"""Columns that end level: takes the places that the theme marked, says which blocks do not hold their text yet, and how high they are.

The theme finds the heights itself (theme/print/article.typ, `next-height`); a pass of Typst ends before all of them are found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_ENOUGH = 1000
ONE_COLUMN = (-1000, -1000, _ENOUGH, 0)
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
    """Of a top: half lines above the bare half, the most that were too few, the fewest that were enough, changes left.

    Of a bottom: half lines that the block may lose, or below nothing those that it lacks.
    """


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
    """Blocks that another pass would give another height."""
    return {name for name, state in states(marks).items() if _next(*state) != state[0]}


def _next(extra: int, bad: int, good: int, steps: int) -> int:
    """As in the theme (`changed`)."""
    if steps < 0:
        good = good if extra < good else _ENOUGH
        bad = max(bad, extra)
    else:
        good = min(good, extra)
    return min(max(extra - steps, bad + 1), good)


def states(marks: Iterable[Mark]) -> dict[str, tuple[int, ...]]:
    """What another pass begins with."""
    found = {(mark.kind, mark.name): mark.state for mark in marks}
    return {name: (*state[:3], *found["bottom", name]) for (kind, name), state in found.items() if kind == "top"}
