"""The index of one edition: takes the desk, gives planned files; after an edit only what the edit touches is worked on.

An item is known by what its sheet was made from. The files themselves are kept in the store, by address, and read only to be
mended. Whatever is missing or damaged there has the whole index made anew, with the same bytes.
"""

from __future__ import annotations

from collections import Counter
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
from pubhub.search.edits import Edit
from pubhub.search.gather import Gathered, gather, join
from pubhub.search.layout import BLOCK, FOLDER, Layout, packed, sharded, unpacked
from pubhub.search.parts import PartMaker
from pubhub.search.postings import deal, script, unscript
from pubhub.search.start import Attributes, attributes_in, attributes_of, said_file, start_file
from pubhub.search.terms import Parts, is_pair
from pubhub.search.texts import Sheet, sheet_of

START = f"{FOLDER}/start.js"
_MUCH = 0.2
"""From this share of changed items on, the whole index is made anew."""


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
    uses: dict[str, int] = field(default_factory=dict)
    """Name of a text that stands apart → how many terms have it."""


class Index:
    """One edition's index in the making."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._catalog = desk, desk.catalog
        self._vocabulary = desk.catalog.vocabulary
        self._entries = {entry.item.id: entry for entry in self._catalog.entries}
        self._layout = Layout(self._entries, self._vocabulary.site.id_prefix)
        self._parts = PartMaker(self._vocabulary)
        self._samples = records.samples(self._entries)
        self._files: dict[str, bytes] = {}
        """Made in this build, by address."""
        self._tables: dict[int, dict[str, object]] = {}
        """Shards of the store that were read."""

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
            repr((self._layout.shape, sorted(self._layout.places.items()), self._samples)),
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

    def _sheet(self, id_: str) -> Sheet:
        entry = self._entries[id_]
        return sheet_of(self._catalog, entry.item, "" if entry.withdrawn else self._desk.bodies.neutral(entry.item))

    # The whole index.

    def _anew(self, context: bytes, stamps: Mapping[str, str]) -> State:
        files, characters, uses = self._whole(core_count())
        state = State(
            context=context,
            stamps=dict(stamps),
            attributes={id_: attributes_of(self._catalog, entry.item) for id_, entry in self._entries.items()},
            characters=characters,
            uses=dict(sorted(uses.items())),
        )
        self._finish(state, files)
        return state

    def _whole(self, workers: int) -> tuple[dict[str, bytes], str, Counter[str]]:
        """All files but the one that everything starts with, the characters that texts use, and what stands apart."""
        words = records.dictionary([records.lines_of(self._sheet(id_)) for id_ in self._samples])
        ordered = sorted(self._entries, key=self._layout.number)
        work = _Work(self, words)
        cut = self._cut(ordered, -(-len(ordered) // workers))
        parts: list[tuple[int, Gathered, dict[str, bytes]]] = list(spread(work, cut, 1, workers, least=2))
        parts.sort(key=lambda part: part[0])
        files: dict[str, bytes] = {
            f"{FOLDER}/words.js": script("w", "words", words.decode("utf-8")),
            f"{FOLDER}/said.js": script("p", "said", said_file(self._vocabulary)),
        }
        for _, _, groups in parts:
            files |= groups
        uses: Counter[str] = Counter()
        postings = join([gathered for _, gathered, _ in parts])
        for number, shard in enumerate(deal(postings, self._layout.shape.shards)):
            made, names = sharded(self._layout, number, shard)
            files |= made
            uses.update(names)
        return files, "".join(sorted({term[0] for term in postings if is_pair(term)})), uses

    def _cut(self, ordered: list[str], share: int) -> list[list[str]]:
        """Ids in runs of about `share`; no group and no window of numbers is cut."""
        runs: list[list[str]] = []
        last = -1
        for id_ in ordered:
            block = self._layout.number(id_) // BLOCK
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
        before: dict[str, list[str]] = {id_: [] for id_ in changed}
        layout = self._layout
        sheets = {id_: self._sheet(id_) for id_ in sorted(changed) if id_ in stamps}
        fresh = {id_: records.lines_of(sheet) for id_, sheet in sheets.items()}
        # First the records, then the bodies.
        for kind in (0, 1):
            for url in sorted({layout.groups(id_)[kind] for id_ in changed}):
                lines = self._unpacked(state, url, dictionary)
                if lines is None:
                    return False
                for id_ in sorted(id_ for id_ in changed if layout.groups(id_)[kind] == url):
                    number = layout.number(id_)
                    if number in lines:
                        before[id_].append(lines.pop(number))
                    if id_ in fresh:
                        lines[number] = fresh[id_][kind]
                files[url] = packed(layout, url, lines, dictionary) if lines else None
        start = self._read(state, START)
        if not isinstance(start, dict):
            return False
        known = attributes_in(start, {layout.number(id_) for id_ in changed})
        edit = Edit(self._parts)
        for id_ in sorted(changed):
            number, kept = layout.number(id_), before[id_]
            if kept and number not in known:
                return False
            old = records.sheet_from((kept[0], kept[1]), known[number]) if len(kept) == 2 else None
            edit.note(number, old, sheets.get(id_))
        mended = edit.mend(layout, partial(self._read, state), state.characters, state.uses)
        if mended is None:
            return False
        files |= mended.files
        state.characters, state.uses = mended.characters, mended.uses
        for id_ in changed:
            if id_ in stamps:
                state.stamps[id_] = stamps[id_]
                state.attributes[id_] = attributes_of(self._catalog, self._entries[id_].item)
            else:
                del state.stamps[id_], state.attributes[id_]
        self._finish(state, files)
        return True

    def _unpacked(self, state: State, url: str, words: bytes) -> dict[int, str] | None:
        """Lines of a group by number; none for a group that does not exist yet, None where the store does not tell."""
        if url not in state.keys:
            return {}
        found = self._read(state, url)
        if not isinstance(found, list):
            return None
        return unpacked(self._layout, url, found, words)

    # Files.

    def _read(self, state: State, url: str) -> object:
        data = self._files.get(url) or self._stored(url, state.keys.get(url, b""))
        return unscript(data) if data is not None else None

    def _stored(self, url: str, key: bytes) -> bytes | None:
        """A file from the store, if it is the one that is meant."""
        if self._store is None:
            return None
        shard = store_shard(url)
        if shard not in self._tables:
            self._tables[shard] = self._store.read(self._table, shard)
        data = self._tables[shard].get(url)
        return data if isinstance(data, bytes) and digest(data) == key else None

    def _finish(self, state: State, files: Mapping[str, bytes | None]) -> None:
        """Adds the file that everything starts with, and keeps what is new."""
        fresh = not state.keys
        made = {**files, **self._start(state)}
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

    def _start(self, state: State) -> dict[str, bytes]:
        shape = asdict(self._layout.shape)
        start = start_file(self._catalog, state.attributes, self._layout.number, shape, state.characters)
        return {START: script("s", "start", start)}

    def _planned(self, state: State) -> Iterator[File]:
        for url, key in sorted(state.keys.items()):
            yield File(url, partial(self._make, state, url, key), key)

    def _make(self, state: State, url: str, key: bytes) -> bytes:
        data = self._files.get(url)
        if data is None:
            data = self._stored(url, key)
        if data is None:
            # Known to be right, yet damaged in the store: all there is, once more, in this one process.
            files, _, _ = self._whole(1)
            self._files = {**files, **self._start(state), **self._files}
            data = self._files[url]
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
                number = index._layout.number(id_)
                sheet = index._sheet(id_)
                for url, line in zip(index._layout.groups(id_), records.lines_of(sheet), strict=True):
                    groups.setdefault(url, {})[number] = line
                yield number, index._parts.parts(sheet)

        gathered = gather(documents())
        files = {url: packed(index._layout, url, lines, self._words) for url, lines in groups.items()}
        return index._layout.number(runs[0][0]), gathered, files
