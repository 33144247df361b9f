"""An edit of the texts as an edit of the shards: takes documents as they were and as they are, mends only the terms that differ."""

from __future__ import annotations

from collections.abc import Callable

from pubhub.search import records
from pubhub.search.layout import Layout
from pubhub.search.parts import PartMaker
from pubhub.search.postings import Posting, Shard, mend, read_shard, script, shard_of, write_shard
from pubhub.search.terms import Found, is_pair, terms

Lines = tuple[str, str]
"""A document as it is kept: record and body."""


class Edit:
    """What differs between two states of some documents."""

    def __init__(self, maker: PartMaker) -> None:
        self._maker = maker
        self._touched: dict[str, tuple[set[int], dict[int, Found]]] = {}
        """Term → documents that had it, documents that have it now."""

    def note(self, number: int, old: Lines | None, new: Lines | None) -> None:
        """Takes up one document; None where there is none."""
        before, after = self._found(old), self._found(new)
        for term, found in before.items():
            if after.get(term) != found:
                self._touched.setdefault(term, (set(), {}))[0].add(number)
        for term, found in after.items():
            if before.get(term) != found:
                self._touched.setdefault(term, (set(), {}))[1][number] = found

    def _found(self, lines: Lines | None) -> dict[str, Found]:
        return terms(self._maker.parts(records.sheet_from(lines))) if lines is not None else {}

    def mend(
        self, layout: Layout, read: Callable[[str], object], characters: str
    ) -> tuple[dict[str, bytes], str] | None:
        """The shards that differ by address, and all characters that texts use now; None if a shard is not known any more.

        Args:
            read: gives what a file of the index holds.
            characters: that texts used before.
        """
        shards: dict[int, Shard] = {}

        def shard(term: str) -> Shard | None:
            number = shard_of(term, layout.shape.shards)
            if number not in shards:
                flat = read(layout.shard(number))
                if not isinstance(flat, list):
                    return None
                shards[number] = read_shard(flat)
            return shards[number]

        used = set(characters)
        for term, (gone, came) in sorted(self._touched.items()):
            own, starts = shard(term), shard(term[0])
            if own is None or starts is None:
                return None
            known = term in own
            mended = mend(own.get(term, Posting()), term, gone, came)
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
        files = {layout.shard(n): script("t", f"{n:x}", write_shard(one)) for n, one in shards.items()}
        return files, "".join(sorted(used))
