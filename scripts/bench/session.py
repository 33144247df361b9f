"""One call of `hub bench`: runs what was asked for, prints it as it comes, and keeps it for the JSON file."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from scripts.bench import facts
from scripts.bench.compare import Bench
from scripts.bench.figures import compared
from scripts.bench.finding.measure import measure
from scripts.bench.generators import Generator
from scripts.bench.growth import growth
from scripts.bench.kills import kills
from scripts.bench.live import live
from scripts.bench.ours import Ours
from scripts.bench.peers import PEERS
from scripts.bench.sizes import Sizes, sizes
from scripts.bench.table import SCENARIOS, aligned, heads, megabytes, seconds, table
from scripts.bench.tools import Tools
from scripts.bench.walk import walk
from scripts.progress import Progress
from scripts.words import Words

T = TypeVar("T")
_GROWTH = (
    "bench-head-generator",
    "bench-head-scenario",
    "bench-head-items",
    "bench-head-wall",
    "bench-head-each",
    "bench-head-memory",
)
_SIZES = (
    "bench-head-generator",
    "bench-head-median-article",
    "bench-head-largest-article",
    "bench-head-first-home",
    "bench-head-first-article",
)
_FOUND = (
    "bench-head-generator",
    "bench-head-strings",
    "bench-head-recall",
    "bench-head-precision",
    "bench-head-nothing",
)
_COSTS = (
    "bench-head-generator",
    "bench-head-ready",
    "bench-head-question",
    "bench-head-most",
    "bench-head-answer",
    "bench-head-slowest",
    "bench-head-index",
    "bench-head-files",
)
_STRINGS = 200
"""Of each kind that is looked for."""
_PRECISE = 0.99
_NOISE = 0.1
"""Processor seconds of other programs per second of ours, above which a figure is not to be trusted."""
_SHOWN = 8
"""Differing files that are named; the JSON file has all."""


@dataclass
class Session:
    """What stays the same during one call."""

    words: Words
    work: Path
    peers: Sequence[str]
    items: int
    repeats: int
    pictures: int = 0
    report: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.report["machine"] = facts.machine()

    @property
    def log(self) -> Path:
        """What the last measured command said."""
        return self.work / "build.log"

    def generators(self) -> list[Generator]:
        """Ours first, then the peers."""
        tools = Tools(self.work / "venv")
        found: list[Generator] = [Ours(self.work / "pubhub")]
        found += [PEERS[name](self.work / name, tools) for name in self.peers]
        self.report["versions"] = {name: said for one in found for name, said in one.versions().items()}
        return found

    def compare(self, scenarios: Sequence[str], weigh: bool) -> bool:
        """The comparison; with `weigh`, the sizes of pages too."""
        with self._progress() as say:
            generators = self.generators()
            bench = Bench(generators, self.items, self.repeats, self.log, self.pictures, say)
            figures = compared(bench.figures(scenarios), ours="pubhub")
            weights = {one.name: sizes(one.out) for one in generators} if weigh else {}
        self.report["commands"] = bench.commands
        self.report["figures"] = [one.plain() for one in figures]
        print(self.words("bench-heading", items=self.items, repeats=self.repeats, **self._machine()))
        print("\n" + table(figures, self.words))
        if weigh:
            self.report["sizes"] = {name: asdict(one) for name, one in weights.items()}
            print("\n" + self._weights(weights))
        print("\n" + self.words("bench-memory"))
        if any(one.others > _NOISE * one.wall for one in figures):
            print(self.words("bench-noise"))
        return True

    def growth(self, steps: Sequence[int]) -> bool:
        """Time per item at several sizes."""
        with self._progress() as say:
            found = list(growth(self.generators, self.repeats, self.log, say, steps))
        self.report["growth"] = [one.plain() for one in found]
        rows = [heads(_GROWTH, self.words)]
        for one in found:
            each = f"{one.wall / one.items * 1000:.3f} ms"
            name = self.words(SCENARIOS[one.scenario])
            rows.append((one.generator, name, str(one.items), seconds(one.wall), each, f"{one.memory / 1e6:.0f} MB"))
        print(aligned(rows))
        return True

    def walk(self, strides: int) -> bool:
        """Incremental is clean, stride by stride."""
        self.report["walk"] = []
        bad = 0
        for stride in self._each(walk(self.work / "walk", self.items, strides, self.log), "walk", strides):
            self.report["walk"].append(asdict(stride))
            named = [f"    {place}" for place in stride.differences[:_SHOWN]]
            bad += bool(stride.differences)
            if stride.differences:
                said = self.words("bench-stride", number=stride.number, edit=stride.name, about=stride.about)
                print("\n".join([said, *named]), flush=True)
        print(self.words("bench-walk-done", strides=strides, bad=bad, items=self.items))
        return bad == 0

    def kills(self, count: int) -> bool:
        """The last good site outlives every kill."""
        self.report["kills"] = []
        found = []
        for kill in self._each(kills(self.work / "kills", self.items, count, self.log), "kills", count):
            self.report["kills"].append(asdict(kill) | {"good": kill.good})
            found.append(kill)
            if not kill.good:
                print(self.words("bench-kill", **asdict(kill)), flush=True)
        old, new = (sum(kill.found in names for kill in found) for names in ({"old"}, {"new", "ended"}))
        bad = sum(not kill.good for kill in found)
        print(self.words("bench-kills-done", count=count, old=old, new=new, bad=bad))
        return bad == 0

    def serve(self, saves: int) -> bool:
        """From saving to seeing."""
        found = list(self._each(live(self.work / "serve", self.items, saves, self.log), "serve", saves))
        self.report["serve"] = [asdict(save) for save in found]
        times = sorted(save.shown for save in found)
        print(
            self.words(
                "bench-serve-done",
                saves=saves,
                items=self.items,
                median=seconds(statistics.median(times)),
                most=seconds(times[-1]),
            )
        )
        return True

    def search(self, folder: Path, peers: bool) -> bool:
        """How well our search finds in some texts, and what it costs; good if it finds all that is there and little else."""
        with self._progress() as say:
            count, scores, costs = measure(
                folder, self.work / "search", Tools(self.work / "venv"), peers, _STRINGS, say
            )
        self.report["search"] = {
            "documents": count,
            "scores": [asdict(s) for s in scores],
            "costs": [asdict(c) for c in costs],
        }
        print(self.words("bench-search", documents=count, strings=_STRINGS))
        rows = [heads(_FOUND, self.words)]
        for one in scores:
            shares = (f"{one.recall:.4f}", f"{one.precision:.4f}", f"{one.nothing}")
            rows.append((one.engine, self.words(f"bench-kind-{one.kind}"), *shares))
        print(aligned(rows) + "\n")
        rows = [heads(_COSTS, self.words)]
        for cost in costs:
            sizes_ = (cost.opened.ready, cost.bytes, cost.most)
            times = (f"{cost.seconds * 1000:.0f} ms", f"{cost.slowest * 1000:.0f} ms")
            rows.append(
                (
                    cost.opened.name,
                    *(f"{size:,}" for size in sizes_),
                    *times,
                    megabytes(cost.opened.size),
                    str(cost.opened.files),
                )
            )
        print(aligned(rows))
        ours = [one for one in scores if one.engine == "pubhub"]
        return all(one.recall == 1 and one.precision >= _PRECISE for one in ours)

    def _weights(self, weights: dict[str, Sizes]) -> str:
        rows = [heads(_SIZES, self.words)]
        for name, one in weights.items():
            figures = (one.median_article, one.largest_article, one.first_home, one.first_article)
            rows.append((name, *(f"{figure:,}" for figure in figures)))
        return self.words("bench-sizes") + "\n" + aligned(rows)

    def _machine(self) -> dict[str, object]:
        machine = self.report["machine"]
        return {"cpu": machine["cpu"], "cores": machine["cores"], "python": machine["python"]}

    def _progress(self) -> _Saying:
        return _Saying(self.words)

    def _each(self, found: Iterable[T], name: str, count: int) -> Iterator[T]:
        """Counts on the terminal while a proof goes on."""
        with self._progress() as say:
            for number, one in enumerate(found, 1):
                say(f"{name} {number}/{count}")
                yield one


class _Saying:
    """A sign of life whose text changes."""

    def __init__(self, words: Words) -> None:
        self._progress = Progress(words("bench-running"), words("seconds"))

    def __enter__(self) -> Callable[[str], None]:
        self._progress.__enter__()
        return self._progress.retitle

    def __exit__(self, *error: Any) -> None:
        self._progress.__exit__(*error)
