"""The index of one edition: takes the desk, gives planned files; after an edit only what the edit touches is worked on.

An item is known by what its sheet was made from. The files themselves are kept in the store, by address, and read only to be
mended. Whatever is missing or damaged there has the whole index made anew, with the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

from pubhub.content.catalog import Entry
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File
from pubhub.engine.store import Store, by_shard
from pubhub.engine.store import shard_of as store_shard
from pubhub.engine.version import code_version, digest
from pubhub.engine.workers import core_count, spread
from pubhub.search import records
from pubhub.search.gather import Gathered, gather, join
from pubhub.search.numbers import number_of, places
from pubhub.search.parts import PartMaker
from pubhub.search.postings import Posting, Shard, deal, mend, read_shard, script, shard_of, unscript, write_shard
from pubhub.search.start import Attributes, attributes_of, said_file, start_file
from pubhub.search.terms import Found, Parts, is_pair, terms
from pubhub.search.texts import Sheet, sheet_of

FOLDER = "search"
_MUCH = 0.2
"""From this share of changed items on, the whole index is made anew."""
_BLOCK = 24
"""Numbers that stay together when work is cut: no window, no group is parted."""
_Touched = dict[str, tuple[set[int], dict[int, Found]]]
"""Term → documents that had it, documents that have it now."""


@dataclass(frozen=True)
class Shape:
    """How the index is cut, by how much there is."""

    shards: int
    records: int
    """How many numbers share a file of records."""
    bodies: int
    """And a file of bodies."""

    @staticmethod
    def of(count: int) -> Shape:
        """For a number of items."""
        if count <= 500:
            return Shape(256, 8, 1)
        return Shape(1024, 4, 2) if count <= 4000 else Shape(2048, 4, 8)


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
            repr((words.topics, words.synonyms, words.finding, words.site.id_prefix)),
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

    def _group(self, number: int) -> tuple[str, str]:
        """Addresses of a document's record and of its body."""
        shape = self._shape
        return f"{FOLDER}/d/{number // shape.records:x}.js", f"{FOLDER}/b/{number // shape.bodies:x}.js"

    def _shard(self, number: int) -> str:
        return f"{FOLDER}/t{self._shape.shards}/{number:x}.js"

    def _sheet(self, id_: str) -> Sheet:
        entry = self._entries[id_]
        return sheet_of(self._catalog, entry.item, "" if entry.withdrawn else self._desk.bodies.neutral(entry.item))

    # The whole index.

    def _anew(self, context: bytes, stamps: Mapping[str, str]) -> State:
        words = records.dictionary([records.lines_of(self._sheet(id_)) for id_ in self._samples])
        ordered = sorted(self._entries, key=self._number)
        work = _Work(self, words)
        cut = self._cut(ordered, -(-len(ordered) // core_count()))
        parts: list[tuple[int, Gathered, dict[str, bytes]]] = list(spread(work, cut, 1, least=2))
        parts.sort(key=lambda part: part[0])
        files: dict[str, bytes] = {
            f"{FOLDER}/words.js": script("w", "words", words.decode("utf-8")),
            f"{FOLDER}/said.js": script("p", "said", said_file(self._vocabulary)),
        }
        for _, _, groups in parts:
            files |= groups
        postings = join([gathered for _, gathered, _ in parts])
        for number, shard in enumerate(deal(postings, self._shape.shards)):
            files[self._shard(number)] = script("t", f"{number:x}", write_shard(shard))
        state = State(
            context=context,
            stamps=dict(stamps),
            attributes={id_: attributes_of(self._catalog, self._entries[id_].item) for id_ in ordered},
            characters="".join(sorted({term[0] for term in postings if is_pair(term)})),
        )
        self._finish(state, files)
        return state

    def _cut(self, ordered: list[str], share: int) -> list[list[str]]:
        """Ids in runs of about `share`; no group and no window of numbers is cut."""
        runs: list[list[str]] = []
        last = -1
        for id_ in ordered:
            block = self._number(id_) // _BLOCK
            if not runs or (len(runs[-1]) >= share and block != last):
                runs.append([])
            runs[-1].append(id_)
            last = block
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
        files: dict[str, bytes | None] = {}
        touched: _Touched = {}
        lines: dict[str, list[tuple[str | None, str | None]]] = {id_: [] for id_ in changed}
        # First the records, then the bodies.
        for kind in (0, 1):
            for url in sorted({self._group(self._number(id_))[kind] for id_ in changed}):
                old = self._unpacked(state, url, dictionary)
                if old is None:
                    return False
                new = dict(old)
                for id_ in sorted(id_ for id_ in changed if self._group(self._number(id_))[kind] == url):
                    number = self._number(id_)
                    before = new.pop(number, None)
                    if id_ in stamps:
                        new[number] = records.lines_of(self._sheet(id_))[kind]
                    lines[id_].append((before, new.get(number)))
                files[url] = self._packed(url, new, dictionary) if new else None
        for id_, (record, body) in sorted(lines.items()):
            self._differ(self._number(id_), (record[0], body[0]), (record[1], body[1]), touched)
        if not self._mend(state, touched, files):
            return False
        for id_ in changed:
            if id_ in stamps:
                state.stamps[id_] = stamps[id_]
                state.attributes[id_] = attributes_of(self._catalog, self._entries[id_].item)
            else:
                del state.stamps[id_], state.attributes[id_]
        self._finish(state, files)
        return True

    def _differ(
        self, number: int, old: tuple[str | None, str | None], new: tuple[str | None, str | None], touched: _Touched
    ) -> None:
        """Notes which terms of a document are gone, and which are new or not as they were."""
        before, after = self._founds(old), self._founds(new)
        for term, found in before.items():
            if after.get(term) != found:
                touched.setdefault(term, (set(), {}))[0].add(number)
        for term, found in after.items():
            if before.get(term) != found:
                touched.setdefault(term, (set(), {}))[1][number] = found

    def _founds(self, lines: tuple[str | None, str | None]) -> dict[str, Found]:
        record, body = lines
        if record is None or body is None:
            return {}
        return terms(self._parts.parts(records.sheet_from((record, body))))

    def _mend(self, state: State, touched: _Touched, files: dict[str, bytes | None]) -> bool:
        """Mends the shards; False if one of them is not known any more."""
        shards: dict[int, Shard] = {}

        def shard(term: str) -> Shard | None:
            number = shard_of(term, self._shape.shards)
            if number not in shards:
                flat = self._read(state, self._shard(number))
                if not isinstance(flat, list):
                    return None
                shards[number] = read_shard(flat)
            return shards[number]

        characters = set(state.characters)
        for term, (gone, came) in sorted(touched.items()):
            own = shard(term)
            if own is None:
                return False
            known = term in own
            mended = mend(own.get(term, Posting()), term, gone, came)
            if mended is None:
                own.pop(term, None)
            else:
                own[term] = mended
            if is_pair(term) and known != (mended is not None):
                starts = shard(term[0])
                if starts is None:
                    return False
                seconds = set(starts.pop(term[0], Posting()).after) ^ {term[1]}
                if seconds:
                    starts[term[0]] = Posting(after="".join(sorted(seconds)))
                    characters.add(term[0])
                else:
                    characters.discard(term[0])
        state.characters = "".join(sorted(characters))
        for number, one in shards.items():
            files[self._shard(number)] = script("t", f"{number:x}", write_shard(one))
        return True

    def _packed(self, url: str, lines: Mapping[int, str], words: bytes) -> bytes:
        """A group: numbers and lines."""
        numbers = sorted(lines)
        _, kind, name = url.removesuffix(".js").rsplit("/", 2)
        return script(kind, name, [numbers, records.pack([lines[number] for number in numbers], words)])

    def _unpacked(self, state: State, url: str, words: bytes) -> dict[int, str] | None:
        """Lines of a group by number; none for a group that does not exist yet, None where the store does not tell."""
        if url not in state.keys:
            return {}
        found = self._read(state, url)
        if not isinstance(found, list):
            return None
        return dict(zip(found[0], records.unpack(found[1], words), strict=True))

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
        start = start_file(self._catalog, state.attributes, self._number, asdict(self._shape), state.characters)
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


class _Work:
    """Reads, compresses and inverts a run of items; in workers."""

    def __init__(self, index: Index, words: bytes) -> None:
        self._index, self._words = index, words

    def __call__(self, runs: Sequence[Sequence[str]]) -> tuple[int, Gathered, dict[str, bytes]]:
        index = self._index
        groups: dict[str, dict[int, str]] = {}

        def documents() -> Iterator[tuple[int, Parts]]:
            for id_ in (id_ for run in runs for id_ in run):
                number = index._number(id_)
                sheet = index._sheet(id_)
                for url, line in zip(index._group(number), records.lines_of(sheet), strict=True):
                    groups.setdefault(url, {})[number] = line
                yield number, index._parts.parts(sheet)

        gathered = gather(documents())
        files = {url: index._packed(url, lines, self._words) for url, lines in groups.items()}
        return index._number(runs[0][0]), gathered, files
