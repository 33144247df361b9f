"""A whole index: takes the sheets of all items, gives all files but the one that everything starts with. On all cores.

First each worker inverts a run of items, then each makes a part of the shards, with what all runs have for them. What goes
from one to the other stays pickled on its way through this process.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pubhub.content.vocabulary import Vocabulary
from pubhub.engine.version import digest
from pubhub.engine.workers import spread
from pubhub.search import records
from pubhub.search.gather import Run, gather, joined
from pubhub.search.layout import BLOCK, FOLDER, Layout, packed, sharded
from pubhub.search.parts import PartMaker, Texts
from pubhub.search.pinyin import pinyin
from pubhub.search.postings import Posting, Shard, script, shard_of, starts_of
from pubhub.search.start import said_file
from pubhub.search.texts import Sheet

Files = dict[str, tuple[bytes, bytes]]
"""Digest and content by address."""


@dataclass(frozen=True)
class Source:
    """What an index is made from."""

    vocabulary: Vocabulary
    layout: Layout
    parts: PartMaker
    ids: Sequence[str]
    """Of all items, in the order of their numbers."""
    samples: Sequence[str]
    """Of those that make the dictionary."""
    sheet: Callable[[str], Sheet]
    """By id."""


class Whole(NamedTuple):
    """What was made."""

    files: Files
    characters: str
    """All that texts use."""
    uses: dict[str, int]
    """Name of a text that stands apart → how many terms have it."""


class _Part(NamedTuple):
    """A run of items, inverted."""

    number: int
    """Of its first item."""
    postings: list[bytes]
    """Pickled, for each worker of the second half its shards: shard → term → run."""
    starts: dict[str, str]
    groups: Files


def whole(source: Source, workers: int) -> Whole:
    """All files."""
    words = records.dictionary([records.lines_of(source.sheet(id_)) for id_ in source.samples])
    pinyin("读")  # Loaded once here, not once in each worker.
    runs = _cut(source, -(-len(source.ids) // workers))
    parts = sorted(spread(_Invert(source, words, workers), runs, 1, workers, least=2), key=lambda part: part.number)
    seconds: dict[str, set[str]] = {}
    for part in parts:
        for char, own in part.starts.items():
            seconds.setdefault(char, set()).update(own)
    starts = {char: "".join(sorted(own)) for char, own in sorted(seconds.items())}
    vocabulary = source.vocabulary
    files = _keyed(
        {
            f"{FOLDER}/words.js": script("w", "words", words.decode("utf-8")),
            f"{FOLDER}/said.js": script("p", "said", said_file(vocabulary)),
        }
    )
    uses: Counter[str] = Counter()
    for part in parts:
        files |= part.groups
    shards = _Shards(source.layout, [part.postings for part in parts], starts, workers)
    for made, names in spread(shards, range(workers), 1, workers, least=2):
        files |= made
        uses.update(names)
    return Whole(files, "".join(starts), dict(sorted(uses.items())))


def _keyed(files: dict[str, bytes]) -> Files:
    return {url: (digest(data), data) for url, data in files.items()}


def _cut(source: Source, share: int) -> list[list[str]]:
    """Ids in runs of about `share`; no group and no window of numbers is cut."""
    runs: list[list[str]] = []
    last = -1
    for id_ in source.ids:
        block = source.layout.number(id_) // BLOCK
        if not runs or (len(runs[-1]) >= share and block != last):
            runs.append([])
        runs[-1].append(id_)
        last = block
    return runs


class _Invert:
    """Reads, compresses and inverts a run of items; in workers."""

    def __init__(self, source: Source, words: bytes, ranges: int) -> None:
        self._source, self._words, self._ranges = source, words, ranges

    def __call__(self, runs: Sequence[Sequence[str]]) -> _Part:
        source, layout = self._source, self._source.layout
        groups: dict[str, dict[int, str]] = {}

        def documents() -> Iterator[tuple[int, Texts]]:
            for id_ in (id_ for run in runs for id_ in run):
                number = layout.number(id_)
                sheet = source.sheet(id_)
                for url, line in zip(layout.groups(id_), records.lines_of(sheet), strict=True):
                    groups.setdefault(url, {})[number] = line
                yield number, source.parts.texts(sheet)

        gathered = gather(documents())
        files = _keyed({url: packed(url, lines, self._words) for url, lines in groups.items()})
        count = layout.shape.shards
        dealt: list[dict[int, dict[str, Run]]] = [{} for _ in range(self._ranges)]
        for term, run in gathered.items():
            shard = shard_of(term, count)
            dealt[shard * self._ranges // count].setdefault(shard, {})[term] = run
        postings = [pickle.dumps(own, pickle.HIGHEST_PROTOCOL) for own in dealt]
        return _Part(layout.number(runs[0][0]), postings, starts_of(gathered), files)


class _Shards:
    """Makes the files of some shards from what all runs have for them; in workers."""

    def __init__(
        self, layout: Layout, postings: Sequence[Sequence[bytes]], starts: dict[str, str], ranges: int
    ) -> None:
        self._layout, self._postings, self._starts, self._ranges = layout, postings, starts, ranges

    def __call__(self, ranges: Sequence[int]) -> tuple[Files, Counter[str]]:
        files: Files = {}
        uses: Counter[str] = Counter()
        count = self._layout.shape.shards
        for own in ranges:
            parts: list[dict[int, dict[str, Run]]] = [pickle.loads(part[own]) for part in self._postings]
            shards: dict[int, Shard] = {n: {} for n in range(count) if n * self._ranges // count == own}
            for char, seconds in self._starts.items():
                shard = shard_of(char, count)
                if shard in shards:
                    shards[shard][char] = Posting(after=seconds)
            for number, shard_ in shards.items():
                runs: dict[str, list[Run]] = {}
                for part in parts:
                    for term, run in part.get(number, {}).items():
                        runs.setdefault(term, []).append(run)
                shard_.update((term, joined(some)) for term, some in runs.items())
                made, names = sharded(self._layout, number, shard_)
                files |= _keyed(made)
                uses.update(names)
        return files, uses
