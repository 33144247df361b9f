"""An edit of the texts as an edit of the shards: takes documents as they were and as they are, mends only the terms that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pubhub.search import records
from pubhub.search.layout import Layout, sharded
from pubhub.search.parts import PartMaker
from pubhub.search.postings import Posting, Shard, mend, names_in, read_shard, shard_of, whole
from pubhub.search.terms import Found, is_pair, terms

Lines = tuple[str, str]
"""A document as it is kept: record and body."""


class Mended(NamedTuple):
    """What an edit leaves."""

    files: dict[str, bytes | None]
    """None for one that is needed no more."""
    characters: str
    """All that texts use now."""
    uses: dict[str, int]
    """Name of a text that stands apart → how many terms have it."""


class Edit:
    """What differs between two states of some documents."""

    def __init__(self, maker: PartMaker) -> None:
        self._maker = maker
        self._touched: dict[str, tuple[set[int], dict[int, Found]]] = {}
        """Term → documents that had it, documents that have it now."""

    def note(self, number: int, old: Lines | None, new: Lines | None) -> None:
        """Takes up one document; None where there is none."""
        sheets = [records.sheet_from(lines) if lines is not None else None for lines in (old, new)]
        # To read characters takes a seventh of a second to begin with, and a text is edited more often than a title.
        said = len({(sheet.title, sheet.topics, sheet.state) if sheet is not None else None for sheet in sheets}) > 1
        before, after = (terms(self._maker.parts(sheet, said)) if sheet is not None else {} for sheet in sheets)
        for term, found in before.items():
            if after.get(term) != found:
                self._touched.setdefault(term, (set(), {}))[0].add(number)
        for term, found in after.items():
            if before.get(term) != found:
                self._touched.setdefault(term, (set(), {}))[1][number] = found

    def mend(
        self, layout: Layout, read: Callable[[str], object], characters: str, uses: Mapping[str, int]
    ) -> Mended | None:
        """The files that differ, by address, and what is known of them; None if one of them is not known any more.

        Args:
            read: gives what a file of the index holds.
            characters: that texts used before.
            uses: how many terms had each text that stands apart.
        """
        shards: dict[int, Shard] = {}
        counts = Counter(uses)

        def shard(term: str) -> Shard | None:
            number = shard_of(term, layout.shape.shards)
            if number not in shards:
                flat = read(layout.shard(number))
                if not isinstance(flat, list):
                    return None
                shards[number] = read_shard(flat)
                counts.subtract(names_in(flat))
            return shards[number]

        used = set(characters)
        for term, (gone, came) in sorted(self._touched.items()):
            own, starts = shard(term), shard(term[0])
            if own is None or starts is None:
                return None
            known = term in own
            posting = whole(own.get(term, Posting()), lambda name: read(layout.apart(name)))
            if posting is None:
                return None
            mended = mend(posting, term, gone, came)
            if mended is None:
                own.pop(term, None)
            else:
                own[term] = mended
            if is_pair(term) and known != (mended is not None):
                seconds = set(starts.pop(term[0], Posting()).after) ^ {term[1]}
                used.discard(term[0])
                if seconds:
                    starts[term[0]] = Posting(after="".join(sorted(seconds)))
                    used.add(term[0])
        files: dict[str, bytes | None] = {}
        for number, one in sorted(shards.items()):
            made, names = sharded(layout, number, one)
            files |= made
            counts.update(names)
        files |= {layout.apart(name): None for name, count in counts.items() if not count}
        return Mended(files, "".join(sorted(used)), {name: n for name, n in sorted(counts.items()) if n})
