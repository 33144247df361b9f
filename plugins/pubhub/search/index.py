"""The index of one edition: takes the desk, gives planned files; after an edit only what the edit touches is worked on.

An item is known by what its sheet was made from. The files themselves are kept in the store, by address, and read only to be
mended. Whatever is missing or damaged there has the whole index made anew, with the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from pubhub.content.catalog import Entry
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File
from pubhub.engine.store import Store, by_shard
from pubhub.engine.store import shard_of as store_shard
from pubhub.engine.version import code_version, digest
from pubhub.engine.workers import core_count, spread
from pubhub.search import records
from pubhub.search.numbers import number_of, places
from pubhub.search.parts import PartMaker
from pubhub.search.postings import (
    Found,
    Gathered,
    Posting,
    deal,
    gather,
    join,
    mend,
    read_shard,
    script,
    shard_of,
    unscript,
    write_shard,
)
from pubhub.search.start import Attributes, attributes_of, start_file
from pubhub.search.terms import terms
from pubhub.search.texts import Sheet, sheet_of

FOLDER = "search"
_MUCH = 0.2
"""From this share of changed items on, the whole index is made anew."""


@dataclass(frozen=True)
class Shape:
    """How the index is cut, by how much there is."""

    shards: int
    group: int
    """Documents in one file, as a number of bits."""

    @staticmethod
    def of(count: int) -> Shape:
        """For a number of items."""
        if count <= 500:
            return Shape(256, 0)
        return Shape(1024, 1) if count <= 4000 else Shape(1024, 2)


@dataclass
class State:
    """What an earlier build left, small."""

    context: bytes = b""
    stamps: dict[str, str] = field(default_factory=dict)
    """Id → what its sheet was made from."""
    attributes: dict[str, Attributes] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    """Address → digest of the file."""
    characters: str = ""
    """All characters that texts use."""


class Index:
    """One edition's index in the making."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._catalog = desk, desk.catalog
        self._vocabulary = desk.catalog.vocabulary
        self._entries = {entry.item.id: entry for entry in self._catalog.entries}
        home = self._vocabulary.site.id_prefix
        self._places = places((id_.partition("-")[0] for id_ in self._entries), home)
        self._shape = Shape.of(len(self._entries))
        self._parts = PartMaker(self._vocabulary)
        self._samples = records.samples(self._entries)
        self._files: dict[str, bytes] = {}
        """Made in this build, by address."""

    def files(self) -> Iterator[File]:
        """All files of the index."""
        stamps = {id_: self._stamp(entry) for id_, entry in self._entries.items()}
        context = self._context([stamps[id_] for id_ in self._samples])
        kept = self._kept(context)
        if kept is None or not self._patch(kept, stamps):
            kept = self._anew(context, stamps)
        yield from self._planned(kept)

    def _stamp(self, entry: Entry) -> str:
        item = entry.item
        successor = bool(item.superseded_by and self._catalog.get(item.superseded_by))
        return f"{item.origin.source[:32]} {entry.withdrawn:d}{successor:d} {item.url}"

    def _context(self, sampled: Sequence[str]) -> bytes:
        words = self._vocabulary
        return digest(
            code_version(),
            repr((words.topics, words.synonyms, words.site.id_prefix)),
            repr((self._shape, sorted(self._places.items()), self._samples)),
            *sampled,
        )

    @property
    def _store(self) -> Store | None:
        return self._desk.store

    @property
    def _table(self) -> str:
        return f"search-{self._catalog.edition}"

    def _kept(self, context: bytes) -> State | None:
        found = self._store.read(f"{self._table}-state").get("state") if self._store is not None else None
        return found if isinstance(found, State) and found.context == context else None

    def _number(self, id_: str) -> int:
        return number_of(id_, self._places)

    def _group(self, number: int) -> str:
        return f"{FOLDER}/d/{number >> self._shape.group:x}.js"

    def _shard(self, number: int) -> str:
        return f"{FOLDER}/t{self._shape.shards}/{number:x}.js"

    def _sheet(self, id_: str) -> Sheet:
        entry = self._entries[id_]
        return sheet_of(self._catalog, entry.item, "" if entry.withdrawn else self._desk.bodies.neutral(entry.item))

    # The whole index.

    def _anew(self, context: bytes, stamps: Mapping[str, str]) -> State:
        words = records.dictionary([records.line_of(self._sheet(id_)) for id_ in self._samples])
        ordered = sorted(self._entries, key=self._number)
        share = -(-len(ordered) // core_count())
        work = _Work(self, words)
        parts: list[tuple[int, Gathered, dict[str, bytes]]] = list(spread(work, self._cut(ordered, share), 1, least=2))
        parts.sort(key=lambda part: part[0])
        files: dict[str, bytes] = {f"{FOLDER}/words.js": script("w", "words", words.decode("utf-8"))}
        for _, _, groups in parts:
            files |= groups
        postings = join([gathered for _, gathered, _ in parts])
        for number, shard in enumerate(deal(postings, self._shape.shards)):
            files[self._shard(number)] = script("t", f"{number:x}", write_shard(shard))
        state = State(
            context=context,
            stamps=dict(stamps),
            attributes={id_: attributes_of(self._catalog, self._entries[id_].item) for id_ in ordered},
            characters="".join(sorted(term for term in postings if len(term) == 1)),
        )
        self._finish(state, files)
        return state

    def _cut(self, ordered: list[str], share: int) -> list[list[str]]:
        """Ids in runs of about `share`; a group is never cut."""
        runs: list[list[str]] = []
        last = ""
        for id_ in ordered:
            group = self._group(self._number(id_))
            if not runs or (len(runs[-1]) >= share and group != last):
                runs.append([])
            runs[-1].append(id_)
            last = group
        return runs

    # After an edit.

    def _patch(self, state: State, stamps: Mapping[str, str]) -> bool:
        """Mends the index for what differs; False if it has to be made anew."""
        changed = {id_ for id_ in {*stamps, *state.stamps} if stamps.get(id_) != state.stamps.get(id_)}
        if len(changed) > max(8, len(stamps) * _MUCH):
            return False
        if not changed:
            return True
        words = self._read(state, f"{FOLDER}/words.js")
        if not isinstance(words, str):
            return False
        dictionary = words.encode("utf-8")
        touched: dict[str, tuple[set[int], dict[int, Found]]] = {}
        files: dict[str, bytes | None] = {}
        for url in sorted({self._group(self._number(id_)) for id_ in changed if self._has_number(id_)}):
            old = self._unpacked(state, url, dictionary)
            if old is None:
                return False
            new = {id_: line for id_, line in old.items() if id_ in stamps and id_ not in changed}
            for id_ in sorted(changed):
                if id_ in stamps and self._group(self._number(id_)) == url:
                    new[id_] = records.line_of(self._sheet(id_))
            for id_ in sorted(set(old) | set(new)):
                if old.get(id_) != new.get(id_):
                    self._differ(self._number(id_), old.get(id_), new.get(id_), touched)
            files[url] = self._packed(new, dictionary) if new else None
        by_file: dict[int, list[str]] = {}
        for term in touched:
            by_file.setdefault(shard_of(term, self._shape.shards), []).append(term)
        characters = set(state.characters)
        for number, own in sorted(by_file.items()):
            url = self._shard(number)
            flat = self._read(state, url)
            if not isinstance(flat, list):
                return False
            shard = read_shard(flat)
            for term in own:
                gone, came = touched[term]
                mended = mend(shard.get(term, Posting()), term, gone, came)
                if mended is None:
                    shard.pop(term, None)
                    characters.discard(term)
                else:
                    shard[term] = mended
                    if len(term) == 1:
                        characters.add(term)
            files[url] = script("t", f"{number:x}", write_shard(shard))
        for id_ in changed:
            if id_ in stamps:
                state.stamps[id_] = stamps[id_]
                state.attributes[id_] = attributes_of(self._catalog, self._entries[id_].item)
            else:
                del state.stamps[id_], state.attributes[id_]
        state.characters = "".join(sorted(characters))
        self._finish(state, files)
        return True

    def _has_number(self, id_: str) -> bool:
        return id_.partition("-")[0] in self._places

    def _differ(
        self, number: int, old: str | None, new: str | None, touched: dict[str, tuple[set[int], dict[int, Found]]]
    ) -> None:
        """Notes which terms of a document are gone, and which are new or not as they were."""
        before, after = (_founds(self._parts, line) for line in (old, new))
        for term, found in before.items():
            if after.get(term) != found:
                touched.setdefault(term, (set(), {}))[0].add(number)
        for term, found in after.items():
            if before.get(term) != found:
                touched.setdefault(term, (set(), {}))[1][number] = found

    def _packed(self, lines: Mapping[str, str], words: bytes) -> bytes:
        order = sorted(lines, key=self._number)
        numbers = [self._number(id_) for id_ in order]
        name = f"{numbers[0] >> self._shape.group:x}"
        return script("d", name, [numbers, records.pack([lines[id_] for id_ in order], words)])

    def _unpacked(self, state: State, url: str, words: bytes) -> dict[str, str] | None:
        """Lines of a group by id; nothing in a group that does not exist yet, None where the store does not tell."""
        if url not in state.keys:
            return {}
        found = self._read(state, url)
        if not isinstance(found, list):
            return None
        return {json.loads(line)[0]: line for line in records.unpack(found[1], words)}

    # Files.

    def _read(self, state: State, url: str) -> object:
        data = self._files.get(url) or self._stored(url, state.keys.get(url, b""))
        return unscript(data) if data is not None else None

    def _stored(self, url: str, key: bytes) -> bytes | None:
        """A file from the store, if it is the one that is meant."""
        data = self._store.read(self._table, store_shard(url)).get(url) if self._store is not None else None
        return data if isinstance(data, bytes) and digest(data) == key else None

    def _finish(self, state: State, files: Mapping[str, bytes | None]) -> None:
        """Adds the file that everything starts with, and keeps what is new."""
        start = start_file(
            self._catalog, state.attributes, self._number, self._shape.shards, self._shape.group, state.characters
        )
        fresh = not state.keys
        made = {**files, f"{FOLDER}/start.js": script("s", "start", start)}
        for url, data in made.items():
            if data is None:
                state.keys.pop(url, None)
            else:
                state.keys[url] = digest(data)
                self._files[url] = data
        if self._store is None:
            return
        urls = by_shard(made)
        for shard, own in urls.items():
            before = {} if fresh else self._store.read(self._table, shard)
            before.update({url: made[url] for url in own})
            kept = {url: data for url, data in sorted(before.items()) if data is not None}
            self._store.write(self._table, kept, shard)
        if fresh:
            for shard in set(range(64)) - set(urls):
                self._store.write(self._table, {}, shard)
        self._store.write(f"{self._table}-state", {"state": state})

    def _planned(self, state: State) -> Iterator[File]:
        for url, key in sorted(state.keys.items()):
            yield File(url, partial(self._make, url, key), key)

    def _make(self, url: str, key: bytes) -> bytes:
        data = self._files.get(url)
        if data is None:
            data = self._stored(url, key)
        if data is None:
            raise RuntimeError(f"{url} is gone from the cache; build again")
        return data


def _founds(maker: PartMaker, line: str | None) -> dict[str, Found]:
    """Everything that a line is found by."""
    if line is None:
        return {}
    found, title, lead = terms(maker.parts(records.sheet_from(line)))
    in_title, in_lead = set(title), set(lead)
    return {term: Found(after, term in in_title, term in in_lead) for term, after in found.items()}


class _Work:
    """Reads, compresses and inverts a run of items; in workers."""

    def __init__(self, index: Index, words: bytes) -> None:
        self._index, self._words = index, words

    def __call__(self, runs: Sequence[Sequence[str]]) -> tuple[int, Gathered, dict[str, bytes]]:
        index = self._index
        groups: dict[str, dict[str, str]] = {}

        def documents() -> Iterator[tuple[int, dict[str, str], Sequence[str], Sequence[str]]]:
            for id_ in (id_ for run in runs for id_ in run):
                number = index._number(id_)
                sheet = index._sheet(id_)
                groups.setdefault(index._group(number), {})[id_] = records.line_of(sheet)
                yield (number, *terms(index._parts.parts(sheet)))

        gathered = gather(documents())
        files = {url: index._packed(lines, self._words) for url, lines in groups.items()}
        return index._number(runs[0][0]), gathered, files
