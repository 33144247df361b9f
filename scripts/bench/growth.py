"""Growth: does an item cost the same in a small site and in a large one?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scripts.bench.compare import Bench, Say
from scripts.bench.figures import Figures
from scripts.bench.generators import Generator

STEPS = (1_000, 10_000, 30_000)
SCENARIOS = ("cold", "unchanged", "text")


def growth(
    make: Callable[[], Sequence[Generator]], repeats: int, log: Path, say: Say, steps: Sequence[int] = STEPS
) -> Iterator[Figures]:
    """Figures for each size of the corpus, smallest first; divide `wall` by `items` for the time of an item."""
    for items in steps:
        yield from Bench(make(), items, repeats, log, say=say).figures(SCENARIOS)
