"""From runs to figures: takes repeated runs, gives medians, rates and ratios; nothing is measured here."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from scripts.bench.measure import Run
from scripts.bench.trees import Size


@dataclass(frozen=True)
class Figures:
    """One generator in one scenario: medians of its runs."""

    generator: str
    scenario: str
    items: int
    wall: float
    cpu: float
    memory: int
    resident: int
    others: float
    size: Size
    steps: Mapping[str, float]
    walls: tuple[float, ...]
    """Every run, in order: how far they scatter."""
    ratios: Mapping[str, float] = field(default_factory=dict)
    """Wall of each peer in the same scenario over ours; only where the generator is ours."""

    @property
    def rate(self) -> float:
        """Items per second."""
        return self.items / self.wall if self.wall else 0.0

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "rate": self.rate}


def summed(generator: str, scenario: str, items: int, runs: Sequence[Run], size: Size) -> Figures:
    """Medians of some runs; at least one."""
    names = runs[0].steps
    return Figures(
        generator,
        scenario,
        items,
        wall=statistics.median(run.wall for run in runs),
        cpu=statistics.median(run.cpu for run in runs),
        memory=int(statistics.median(run.memory for run in runs)),
        resident=int(statistics.median(run.resident for run in runs)),
        others=statistics.median(run.others for run in runs),
        size=size,
        steps={name: statistics.median(run.steps[name] for run in runs) for name in names},
        walls=tuple(run.wall for run in runs),
    )


def compared(figures: Iterable[Figures], ours: str) -> list[Figures]:
    """The same, with the ratio of each peer's wall time to ours in ours."""
    found = list(figures)
    walls = {(one.generator, one.scenario): one.wall for one in found}
    return [
        one if one.generator != ours else _with_ratios(one, {g: w for (g, s), w in walls.items() if s == one.scenario})
        for one in found
    ]


def _with_ratios(one: Figures, walls: Mapping[str, float]) -> Figures:
    ratios = {name: wall / one.wall for name, wall in walls.items() if name != one.generator and one.wall}
    return Figures(**{**_fields(one), "ratios": ratios})


def _fields(one: Figures) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
