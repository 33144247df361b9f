"""Inverts many documents at once: takes them in the order of their numbers, gives coded postings.

Made for speed: clauses that several documents have are taken apart once, for all of them (clauses.py), sets of many documents
are long integers (rows.py), and what is done for each pair of characters is done by C loops. `postings.mend` does the same for
a few documents, in plain words; a test holds both together.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from pubhub.search.clauses import clauses, triples
from pubhub.search.codes import WINDOW, code, code_all, code_set, code_skip
from pubhub.search.parts import Texts
from pubhub.search.postings import Posting
from pubhub.search.rows import Coded, Flags, Rows
from pubhub.search.terms import ANY, LONE, NO_START, coded

_DENSE = 40
"""From one document in so many on, a term is worked on as a row of signs, one for each document."""
_MANY = 64
"""From one document in so many on, those that have a clause are a set."""
_SEVERAL = 1
"""Stands for a document in which a pair has more followers than one."""

Triple = tuple[str, str, str]


class Run(NamedTuple):
    """A term's postings in a part of the documents."""

    first: int
    """Window of the first document."""
    docs: str
    """Coded as if the window before it was the last."""
    last: int
    many: int
    """How many documents."""
    after: str
    title: Flags | None
    lead: Flags | None


Gathered = dict[str, Run]


class _Have(NamedTuple):
    """Which documents have something: a set of those that have it through common clauses, and ranks of others.

    Ranks may come several times, in any order.
    """

    row: int
    ranks: list[int]


_NONE = _Have(0, [])
_Follow = list[tuple[str, _Have]]
"""Followers of a pair."""


def gather(documents: Iterable[tuple[int, Texts]]) -> Gathered:
    """Postings of documents whose numbers rise."""
    whole: defaultdict[str, list[int]] = defaultdict(list)
    titles: defaultdict[str, list[int]] = defaultdict(list)
    leads: defaultdict[str, list[int]] = defaultdict(list)
    extras: defaultdict[str, list[int]] = defaultdict(list)
    numbers: list[int] = []
    for rank, (number, texts) in enumerate(documents):
        numbers.append(number)
        title, lead = clauses(texts.title), [clause for text in texts.lead for clause in clauses(text)]
        for table, own in (
            (whole, (*title, *lead, *clauses(texts.body))),
            (titles, title),
            (leads, lead),
            (extras, texts.extra),
        ):
            deque(map(list.append, map(table.__getitem__, own), repeat(rank)), 0)
    rows = Rows(numbers)
    marks = [_pairs(titles, rows), _pairs(leads, rows)]
    del titles, leads
    follow = _follow(whole, rows)
    del whole
    maker = _Maker(numbers, rows)
    found: Gathered = {}
    while follow:
        term, followers = follow.popitem()
        found[term] = maker.run(term, followers, *(mark.get(term, _NONE) for mark in marks))
    for term in dict.fromkeys(extra[1:] for extra in extras):
        ranks = [extras.get(f"{kind}{term}", []) for kind in "123"]
        found[term] = maker.few(dict.fromkeys(sorted(set().union(*ranks)), ""), ranks[0], ranks[1])
    return found


def _haves(table: dict[str, list[int]], rows: Rows) -> tuple[dict[Triple, int], dict[Triple, list[int]]]:
    """Which documents have three characters in a row: sets, and ranks. Takes the clauses out of their table."""
    sets: dict[Triple, int] = {}
    found: defaultdict[Triple, list[int]] = defaultdict(list)
    alone: defaultdict[int, list[str]] = defaultdict(list)
    many = len(rows.of) / _MANY
    while table:
        clause, ranks = table.popitem()
        if len(ranks) == 1:
            alone[ranks[0]].append(clause)
        elif len(ranks) < many:
            for triple in triples((clause,)):
                found[triple] += ranks
        else:
            row = rows.row(ranks)
            for triple in triples((clause,)):
                sets[triple] = sets.get(triple, 0) | row
    while alone:
        rank, own = alone.popitem()
        deque(map(list.append, map(found.__getitem__, triples(own)), repeat(rank)), 0)
    return sets, found


def _follow(table: dict[str, list[int]], rows: Rows) -> dict[str, _Follow]:
    """The pairs, each with its followers."""
    sets, found = _haves(table, rows)
    follow: dict[str, _Follow] = {}
    while found:
        triple, ranks = found.popitem()
        first, second, third = triple
        row = sets.pop(triple, 0)
        if first not in NO_START:
            follow.setdefault(first + second, []).append((third, _Have(row, ranks)))
    for (first, second, third), row in sets.items():
        if first not in NO_START:
            follow.setdefault(first + second, []).append((third, _Have(row, [])))
    return follow


def _pairs(table: dict[str, list[int]], rows: Rows) -> dict[str, _Have]:
    """The pairs, without their followers."""
    return {
        term: _Have(_union(follow), [rank for _, have in follow for rank in have.ranks])
        for term, follow in _follow(table, rows).items()
    }


def _union(follow: _Follow) -> int:
    row = 0
    for _, have in follow:
        row |= have.row
    return row


class _Maker:
    """Makes runs."""

    def __init__(self, numbers: Sequence[int], rows: Rows) -> None:
        self._numbers, self._rows = numbers, rows

    def run(self, term: str, follow: _Follow, title: _Have, lead: _Have) -> Run:
        """A pair with its followers."""
        if term[1] in NO_START:
            follow = [(ANY, _Have(_union(follow), [rank for _, have in follow for rank in have.ranks]))]
        if any(have.row for _, have in follow) or sum(len(have.ranks) for _, have in follow) * _DENSE >= len(
            self._numbers
        ):
            return self._many(follow, title, lead)
        return self.few(_after(follow), title.ranks, lead.ranks)

    def few(self, after: dict[int, str], title: Iterable[int], lead: Iterable[int]) -> Run:
        """A term that few documents have, or that has no followers; `after`: coded followers by rank, which rise."""
        numbers = self._numbers
        ranks = list(after)
        own = [numbers[rank] for rank in ranks]
        first = own[0] // WINDOW

        def flags(marked: Iterable[int]) -> Flags | None:
            among = set(marked)
            if not among:
                return None
            before, *gaps, last = map(len, bytes(rank in among for rank in ranks).split(b"\1"))
            return Flags(before, code_all(gaps), last)

        docs = code_set(own, first - 1)
        return Run(first, docs, own[-1] // WINDOW, len(ranks), "".join(after.values()), flags(title), flags(lead))

    def _many(self, follow: _Follow, title: _Have, lead: _Have) -> Run:
        rows = self._rows
        if len(follow) == 1:
            row = self._row(follow[0][1])
            return self._made(row, LONE[follow[0][0]] * row.bit_count(), title, lead)
        sets = [(char, self._row(have)) for char, have in follow if have.row]
        seen = several = 0
        for _, row in sets:
            several |= seen & row
            seen |= row
        signs = int.from_bytes(rows.signs(several, _SEVERAL), "big") if several else 0
        chars: dict[int, str] = {}
        for char, row in sets:
            sign = ord(LONE[char])
            chars[sign] = chars.get(sign, "") + char
            signs |= int.from_bytes(rows.signs(row & ~several, sign), "big")
        line = bytearray(signs.to_bytes(rows.size, "big"))
        lists = [(char, set(have.ranks)) for char, have in follow if not have.row]
        of = rows.of
        crowded = set(rows.places(several))
        for char, ranks in lists:
            sign = ord(LONE[char])
            chars[sign] = chars.get(sign, "") + char
            for place in map(of.__getitem__, ranks):
                before = line[place]
                if not before:
                    line[place] = sign
                elif before != _SEVERAL:
                    line[place] = _SEVERAL
                    crowded.add(place)
        after = bytes(line).translate(None, b"\0").decode("ascii")
        if crowded:
            own = self._followers(crowded, sets, lists)
            pieces = after.split(chr(_SEVERAL))
            after = pieces[0] + "".join(
                [coded(own[place]) + piece for place, piece in zip(sorted(crowded), pieces[1:], strict=True)]
            )
        return self._made(rows.row_of(bytes(line)) if lists else seen, after, title, lead)

    def _followers(
        self, crowded: set[int], sets: Sequence[tuple[str, int]], lists: Sequence[tuple[str, set[int]]]
    ) -> dict[int, str]:
        """Every follower at the places that have several."""
        rows = self._rows
        own = dict.fromkeys(crowded, "")
        line = bytearray(b"0" * rows.size)
        for place in crowded:
            line[place] = 0x31
        row = int(line, 2)
        for char, have in sets:
            for place in rows.places(have & row):
                own[place] += char
        for char, ranks in lists:
            for place in crowded.intersection(map(rows.of.__getitem__, ranks)):
                own[place] += char
        return own

    def _made(self, row: int, after: str, title: _Have, lead: _Have) -> Run:
        rows = self._rows
        docs: Coded = rows.code(row)
        marks = (rows.flags(row, self._row(have)) for have in (title, lead))
        return Run(*docs, row.bit_count(), after, *marks)

    def _row(self, have: _Have) -> int:
        return have.row | self._rows.row(have.ranks) if have.ranks else have.row


def _after(follow: _Follow) -> dict[int, str]:
    """Coded followers by rank."""
    if len(follow) == 1:
        return dict.fromkeys(sorted(follow[0][1].ranks), LONE[follow[0][0]])
    chars: dict[int, str] = {}
    for char, have in follow:
        for rank in dict.fromkeys(have.ranks):
            chars[rank] = chars.get(rank, "") + char
    return {rank: coded(own) for rank, own in sorted(chars.items())}


def join(parts: Sequence[Gathered]) -> dict[str, Posting]:
    """Parts that follow each other, in the order of their numbers and cut between two windows, to whole postings."""
    return {
        term: joined([part[term] for part in parts if term in part])
        for term in dict.fromkeys(chain.from_iterable(parts))
    }


def joined(runs: Sequence[Run]) -> Posting:
    """The runs of one term."""
    docs: list[str] = []
    last = -1
    for run in runs:
        docs += (code_skip(run.first - last - 1), run.docs)
        last = run.last
    after = "".join([run.after for run in runs])
    title = _marked([(run.title, run.many) for run in runs])
    lead = _marked([(run.lead, run.many) for run in runs])
    return Posting("".join(docs), after, title, lead)


def _marked(parts: Iterable[tuple[Flags | None, int]]) -> str:
    text, gap = "", 0
    for flags, count in parts:
        if flags is None:
            gap += count
        else:
            text += code(gap + flags.first) + flags.rest
            gap = flags.last
    return text
