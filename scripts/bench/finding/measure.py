"""Recall and precision of each engine, and what a question costs: takes a folder of texts, gives figures."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.bench.finding.documents import holders, subject
from scripts.bench.finding.engines import Answer, Engine, Opened, Ours, Pagefind, asking
from scripts.bench.finding.samples import samples
from scripts.bench.tools import Tools

SEED = 20261124
_COSTLY = 40
"""Strings whose bytes are counted, each on a page that has just been opened."""


@dataclass(frozen=True)
class Score:
    """One engine on one kind of strings."""

    engine: str
    kind: str
    strings: int
    recall: float
    """The mean over strings of the share of what has the string that was found."""
    precision: float
    """The mean over strings with an answer of the share of what was found that has the string."""
    nothing: int
    """Strings that were not found at all, though they are there."""


@dataclass(frozen=True)
class Cost:
    """What an engine takes."""

    opened: Opened
    bytes: int
    """Of a question with its first ten hits, median."""
    most: int
    seconds: float
    """Median, once everything is there."""
    slowest: float


def measure(
    folder: Path, work: Path, tools: Tools, peers: bool, count: int, say: Callable[[str], None]
) -> tuple[int, list[Score], list[Cost]]:
    """Documents, scores and costs. `count`: strings of each kind."""
    shutil.rmtree(work, ignore_errors=True)
    engines: list[Engine] = [Ours(work / "pubhub")]
    if peers:
        engines.append(Pagefind(work / "pagefind", tools))
    found = subject(folder)
    strings = samples(found.truth.values(), count, SEED)
    flat = [text for kind in strings for text in strings[kind]]
    truth = dict(zip(flat, holders(found, flat), strict=True))
    scores: list[Score] = []
    costs: list[Cost] = []
    for engine in engines:
        say(engine.name)
        engine.folder.mkdir(parents=True)
        engine.index(found)
        with asking(engine) as (opened, ask):
            for kind, own in strings.items():
                scores.append(_score(engine.name, kind, own, ask(own, 100_000), [truth[text] for text in own]))
            few = [text for kind in ("two", "words", "phrases") for text in strings[kind][: _COSTLY // 3 + 1]]
            fresh: list[Answer] = ask(few, 10, fresh=True)
            ask(few, 10)
            costs.append(_cost(opened, fresh, list(_warm(ask, few))))
    return len(found.documents), scores, costs


def _warm(ask: Callable[[Sequence[str], int], list[Answer]], texts: Sequence[str]) -> Iterator[float]:
    """Seconds for each string the second time it is asked: what is left is the work."""
    answers = ask([text for text in texts for _ in range(2)], 10)
    yield from (answer.seconds for answer in answers[1::2])


def _cost(opened: Opened, fresh: Sequence[Answer], warm: Sequence[float]) -> Cost:
    sent = [answer.bytes for answer in fresh]
    return Cost(opened, int(statistics.median(sent)), max(sent), statistics.median(warm), max(warm))


def _score(
    engine: str, kind: str, strings: Sequence[str], answers: Sequence[Answer], truth: Sequence[set[str]]
) -> Score:
    pairs = [(answer.found, right) for answer, right in zip(answers, truth, strict=True) if right]
    recalls = [len(found & right) / len(right) for found, right in pairs]
    precisions = [len(found & right) / len(found) for found, right in pairs if found]
    return Score(
        engine,
        kind,
        len(strings),
        statistics.mean(recalls),
        statistics.mean(precisions) if precisions else 0.0,
        sum(not found for found, _ in pairs),
    )
