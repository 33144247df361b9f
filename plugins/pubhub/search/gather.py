"""Inverts many documents at once: takes them in the order of their numbers, gives coded postings.

Made for speed: what is done for each of millions of pairs is done by C loops over bytes and dicts. `postings.mend` does the same
for a few, in plain words; a test holds both together.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, groupby, repeat

from pubhub.search.codes import ALPHABET, WINDOW, code, code_all, code_set, code_skip
from pubhub.search.postings import Posting
from pubhub.search.terms import ANY, LONE, NO_START, Parts, coded, pairs

_DENSE = 40
"""From one document in so many on, a term is worked on as a row of bytes, one for each document."""
_SEVERAL = 1
"""Stands for a document in which a pair has more followers than one."""


@dataclass(frozen=True)
class Flags:
    """Which documents of a part are marked, by gaps."""

    first: int
    """How many come before the first marked one."""
    rest: str
    last: int
    """How many come after the last."""


@dataclass(frozen=True)
class Run:
    """A term's postings in a part of the documents."""

    first: int
    """Window of the first document."""
    docs: str
    """Coded as if the window before it was the last."""
    last: int
    count: int
    after: str
    title: Flags | None
    lead: Flags | None


Gathered = dict[str, Run]


class _Slots:
    """Places of documents in rows of bytes: only windows that have a document get any, and there are no gaps within."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.windows = sorted({number // WINDOW for number in numbers})
        place = {window: n for n, window in enumerate(self.windows)}
        self.of = [place[number // WINDOW] * WINDOW + number % WINDOW for number in numbers]
        self.size = len(self.windows) * WINDOW

    def code(self, row: bytes) -> tuple[int, str, int]:
        """First window, coded windows, last window of a row that has a 1 for each document with the term."""
        masks = 0
        for bit in range(WINDOW):
            masks |= int.from_bytes(row[bit::WINDOW], "little") << bit
        windows = masks.to_bytes(len(self.windows) + 1, "little")
        parts, known = [], self.windows
        first, last = -1, -1
        symbols = windows.translate(_SYMBOLS).decode("ascii")
        for at, text in _filled(symbols):
            start = known[at]
            if first < 0:
                first = start
            elif start - last > 1:
                parts.append(code_skip(start - last - 1))
            end = known[at + len(text) - 1]
            if end - start == len(text) - 1:
                parts.append(text)
            else:
                # Neighbours in the row that are none by their numbers.
                before = start
                for n, symbol in enumerate(text):
                    parts.append(code_skip(known[at + n] - before - 1) + symbol)
                    before = known[at + n]
            last = end
        return first, "".join(parts), last


_SYMBOLS = bytes([0x20, *(ord(c) for c in ALPHABET[:63]), *([0x20] * 192)])
_ONES = bytes([0, *([1] * 255)])


def _filled(symbols: str) -> Iterator[tuple[int, str]]:
    """Stretches without blanks, and where they start."""
    at = 0
    for part in symbols.split(" "):
        if part:
            yield at, part
        at += len(part) + 1


def gather(documents: Iterable[tuple[int, Parts]]) -> Gathered:
    """Postings of documents whose numbers rise."""
    triples: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    titles: defaultdict[str, list[int]] = defaultdict(list)
    leads: defaultdict[str, list[int]] = defaultdict(list)
    extras: defaultdict[str, list[int]] = defaultdict(list)
    numbers: list[int] = []

    def note(table: defaultdict[str, list[int]], keys: Iterable[str], rank: int) -> None:
        deque(map(list.append, map(table.__getitem__, keys), repeat(rank)), 0)

    for rank, (number, parts) in enumerate(documents):
        numbers.append(number)
        whole = parts.whole()
        keys = dict.fromkeys(zip(whole, whole[1:], whole[2:], strict=False))
        deque(map(list.append, map(triples.__getitem__, keys), repeat(rank)), 0)
        note(titles, pairs(parts.title), rank)
        note(leads, pairs(parts.lead), rank)
        for extra in parts.extra:
            extras[extra[1:]].append(rank)
            if extra[0] == "1":
                titles[extra[1:]].append(rank)
            elif extra[0] == "2":
                leads[extra[1:]].append(rank)
    slots = _Slots(numbers)
    found: Gathered = {}
    for pair, group in groupby(sorted(triples), key=lambda triple: triple[:2]):
        if pair[0] not in NO_START:
            term = pair[0] + pair[1]
            follow = [(triple[2], triples.pop(triple)) for triple in group]
            if pair[1] in NO_START:
                follow = [(ANY, sorted({rank for _, ranks in follow for rank in ranks}))]
            found[term] = _run(numbers, slots, follow, titles.get(term), leads.get(term))
    for term, ranks in sorted(extras.items()):
        found[term] = _few(numbers, dict.fromkeys(ranks, ""), titles.get(term), leads.get(term))
    return found


def _run(
    numbers: Sequence[int],
    slots: _Slots,
    follow: Sequence[tuple[str, list[int]]],
    title: list[int] | None,
    lead: list[int] | None,
) -> Run:
    """A pair with its followers, each with the ranks of its documents."""
    if sum(len(ranks) for _, ranks in follow) * _DENSE < len(numbers):
        return _few(numbers, _after(follow), title, lead)
    row = bytearray(slots.size)
    of = slots.of
    several: dict[int, str] = {}
    chars: dict[int, str] = {}
    for char, ranks in follow:
        symbol = ord(LONE[char])
        chars[symbol] = chars.get(symbol, "") + char
        for place in map(of.__getitem__, ranks):
            before = row[place]
            if not before:
                row[place] = symbol
            elif before == _SEVERAL:
                several[place] += char
            else:
                row[place] = _SEVERAL
                several[place] = chars[before] + char
    if several and len(chars) < len(follow):
        _only_real(several, follow, of)
    first, docs, last = slots.code(bytes(row).translate(_ONES))
    after = bytes(row).translate(None, b"\0").decode("ascii")
    if several:
        pieces = after.split(chr(_SEVERAL))
        after = pieces[0] + "".join(
            coded(several[place]) + piece for place, piece in zip(sorted(several), pieces[1:], strict=True)
        )
    count = len(row) - row.count(0)
    return Run(first, docs, last, count, after, _flags(row, of, title), _flags(row, of, lead))


def _only_real(several: dict[int, str], follow: Sequence[tuple[str, list[int]]], of: Sequence[int]) -> None:
    """Puts right which followers came, where more than one has the same hash."""
    for place in several:
        several[place] = ""
    for char, ranks in follow:
        for place in map(of.__getitem__, ranks):
            if place in several:
                several[place] += char


def _flags(row: bytearray, of: Sequence[int], ranks: list[int] | None) -> Flags | None:
    """Which of a row's documents are among `ranks`."""
    if not ranks:
        return None
    marks = bytearray(len(row))
    for place in map(of.__getitem__, ranks):
        marks[place] = 1
    first, *gaps, last = map(len, bytes(compress(marks, row)).split(b"\1"))
    return Flags(first, code_all(gaps), last)


def _after(follow: Sequence[tuple[str, list[int]]]) -> dict[int, str]:
    """Coded followers by rank."""
    if len(follow) == 1:
        return dict.fromkeys(follow[0][1], LONE[follow[0][0]])
    chars: dict[int, str] = {}
    for char, ranks in follow:
        for rank in ranks:
            chars[rank] = chars.get(rank, "") + char
    return {rank: coded(own) for rank, own in sorted(chars.items())}


def _few(numbers: Sequence[int], after: dict[int, str], title: list[int] | None, lead: list[int] | None) -> Run:
    """The same for a term that few documents have, or that has no followers."""
    ranks = list(after)
    own = [numbers[rank] for rank in ranks]
    first = own[0] // WINDOW

    def flags(marked: list[int] | None) -> Flags | None:
        if not marked:
            return None
        among = set(marked)
        row = bytes(rank in among for rank in ranks)
        before, *gaps, last = map(len, row.split(b"\1"))
        return Flags(before, code_all(gaps), last)

    docs = code_set(own, first - 1)
    return Run(first, docs, own[-1] // WINDOW, len(ranks), "".join(after.values()), flags(title), flags(lead))


def join(parts: Sequence[Gathered]) -> dict[str, Posting]:
    """Parts that follow each other, in the order of their numbers and cut between two windows, to whole postings."""
    found: dict[str, Posting] = {}
    for term in sorted(set().union(*parts)):
        runs = [part[term] for part in parts if term in part]
        docs, last = "", -1
        for run in runs:
            docs += code_skip(run.first - last - 1) + run.docs
            last = run.last
        after = "".join([run.after for run in runs])
        found[term] = Posting(
            docs, after, _joined((r.title, r.count) for r in runs), _joined((r.lead, r.count) for r in runs)
        )
    return found


def _joined(parts: Iterable[tuple[Flags | None, int]]) -> str:
    text, gap = "", 0
    for flags, count in parts:
        if flags is None:
            gap += count
        else:
            text += code(gap + flags.first) + flags.rest
            gap = flags.last
    return text
