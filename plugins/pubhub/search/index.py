"""The index of one edition: takes the desk, gives planned files; after an edit only what the edit touches is worked on.

An item is known by what its sheet was made from. The files themselves are kept in the store, and read only to be mended.
Whatever is missing or damaged there has the whole index made anew, with the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property, partial

from pubhub.engine.desk import Desk
from pubhub.engine.plan import File
from pubhub.engine.version import code_version, digest
from pubhub.engine.workers import core_count, spread
from pubhub.search import records
from pubhub.search.edits import Edit, Lines
from pubhub.search.heap import Heap, Spot
from pubhub.search.layout import FOLDER, Layout, is_group, lines_in, packed
from pubhub.search.parts import PartMaker
from pubhub.search.postings import script, unscript
from pubhub.search.start import attributes_of, start_file
from pubhub.search.texts import Sheet, sheet_of
from pubhub.search.whole import Files, Source, whole

_MUCH = 0.2
"""From this share of changed items on, the whole index is made anew."""
_START = f"{FOLDER}/start.js"
_WORDS = f"{FOLDER}/words.js"


@dataclass
class State:
    """What an earlier build left, small."""

    context: bytes = b""
    samples: tuple[str, ...] = ()
    """Ids of the items that make the dictionary."""
    sampled: bytes = b""
    """Of what their sheets were made from."""
    stamps: dict[str, str] = field(default_factory=dict)
    """Id → what its sheet was made from."""
    keys: dict[str, bytes] = field(default_factory=dict)
    """Address → digest of the file."""
    heap: str = ""
    """The file of the store that holds them."""
    spots: dict[str, Spot] = field(default_factory=dict)
    """Address → where in it."""
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
        self._files: dict[str, bytes] = {}
        """Made in this build, by address."""

    def files(self) -> Iterator[File]:
        """All files of the index."""
        stamps = self._stamps()
        state = self._kept()
        if state is None or not self._patch(state, stamps):
            state = self._anew(stamps)
        yield from self._planned(state)

    def _stamps(self) -> dict[str, str]:
        """What the sheet of each item is made from, by id."""
        items = [entry.item for entry in self._catalog.entries]
        stamps = {item.id: item.origin.source[:32] + item.origin.uri for item in items}
        for item in items:
            if item.superseded_by and self._catalog.get(item.superseded_by):
                stamps[item.id] += " superseded"
        for entry in self._catalog.entries:
            if entry.withdrawn:
                stamps[entry.item.id] += " withdrawn"
        return stamps

    @cached_property
    def _context(self) -> bytes:
        words = self._vocabulary
        return digest(
            code_version(),
            repr((words.topics, words.synonyms, words.finding, words.site.id_prefix)),
            repr((self._layout.shape, sorted(self._layout.places.items()))),
        )

    @property
    def _table(self) -> str:
        return f"search-{self._catalog.edition}"

    @cached_property
    def _heap(self) -> Heap | None:
        return Heap(self._desk.store.folder(self._table)) if self._desk.store is not None else None

    def _kept(self) -> State | None:
        found = self._desk.store.read(f"{self._table}-state").get("state") if self._desk.store is not None else None
        if not isinstance(found, State) or self._heap is None:
            return None
        self._heap.name = found.heap
        return found

    def _sheet(self, id_: str) -> Sheet:
        entry = self._entries[id_]
        return sheet_of(self._catalog, entry.item, "" if entry.withdrawn else self._desk.bodies.neutral(entry.item))

    # The whole index.

    def _anew(self, stamps: Mapping[str, str]) -> State:
        samples = tuple(records.samples(stamps))
        made = whole(self._source(samples), core_count())
        state = State(
            context=self._context,
            samples=samples,
            sampled=_sampled(samples, stamps),
            stamps=dict(stamps),
            characters=made.characters,
            uses=made.uses,
        )
        if self._heap is not None:
            self._heap.begin()
        self._finish(state, {**made.files, **self._start(state)})
        return state

    def _source(self, samples: tuple[str, ...]) -> Source:
        ids = sorted(self._entries, key=self._layout.number)
        return Source(self._vocabulary, self._layout, self._parts, ids, samples, self._sheet)

    # After an edit.

    def _patch(self, state: State, stamps: Mapping[str, str]) -> bool:
        """Mends the index for what differs; False if it has to be made anew."""
        if state.context != self._context:
            return False
        changed = {id_ for id_, _ in stamps.items() ^ state.stamps.items()}
        if len(changed) > max(8, len(stamps) * _MUCH):
            return False
        if not changed:
            return True
        samples = state.samples if stamps.keys() == state.stamps.keys() else tuple(records.samples(stamps))
        sampled = _sampled(samples, stamps)
        known = self._read(state, _WORDS)
        if not isinstance(known, str):
            return False
        old = new = known.encode("utf-8")
        if sampled != state.sampled:
            new = records.dictionary([records.lines_of(self._sheet(id_)) for id_ in samples])
        files: dict[str, bytes | None] = {}
        before: dict[str, list[str]] = {id_: [] for id_ in changed}
        after: dict[str, list[str]] = {id_: [] for id_ in changed}
        layout = self._layout
        fresh = {id_: records.lines_of(self._sheet(id_)) for id_ in sorted(changed) if id_ in stamps}
        # First the records, then the bodies.
        for kind in (0, 1):
            for url in sorted({layout.groups(id_)[kind] for id_ in changed}):
                data = self._stored(state, url)
                if data is None and url in state.keys:
                    return False
                lines = lines_in(data, old) if data is not None else {}
                for id_ in sorted(id_ for id_ in changed if layout.groups(id_)[kind] == url):
                    number = layout.number(id_)
                    if number in lines:
                        before[id_].append(lines.pop(number))
                    if id_ in fresh:
                        lines[number] = fresh[id_][kind]
                        after[id_].append(lines[number])
                files[url] = packed(url, lines, new) if lines else None
        if new != old:
            # The words of all groups are others now; what is in them is not.
            others = {url: self._stored(state, url) for url in state.keys if is_group(url) and url not in files}
            groups = [(url, data) for url, data in others.items() if data is not None]
            if len(groups) < len(others):
                return False
            files[_WORDS] = script("w", "words", new.decode("utf-8"))
            for some in spread(_Repack(old, new), groups, 64):
                files |= some
        edit = Edit(self._parts)
        for id_ in sorted(changed):
            edit.note(layout.number(id_), _both(before[id_]), _both(after[id_]))
        mended = edit.mend(layout, partial(self._read, state), state.characters, state.uses)
        if mended is None:
            return False
        files |= mended.files
        # A record holds all that the first file says of an item.
        starts = mended.characters != state.characters or any(before[id_][:1] != after[id_][:1] for id_ in changed)
        state.samples, state.sampled, state.stamps = samples, sampled, dict(stamps)
        state.characters, state.uses = mended.characters, mended.uses
        made = {url: (digest(data), data) for url, data in files.items() if data is not None}
        for url in files.keys() - made.keys():
            state.keys.pop(url, None)
            state.spots.pop(url, None)
        self._finish(state, {**made, **self._start(state)} if starts else made)
        return True

    # Files.

    def _read(self, state: State, url: str) -> object:
        data = self._stored(state, url)
        return unscript(data) if data is not None else None

    def _stored(self, state: State, url: str) -> bytes | None:
        """A file from the store, if it is the one that is meant."""
        if self._heap is None or url not in state.spots:
            return None
        data = self._heap.read(state.spots[url])
        return data if digest(data) == state.keys[url] else None

    def _finish(self, state: State, files: Files) -> None:
        """Keeps what is new."""
        for url, (key, data) in files.items():
            state.keys[url] = key
            self._files[url] = data
        store, heap = self._desk.store, self._heap
        if store is None or heap is None:
            return
        heap.put(state.spots, files)
        if heap.is_wasteful(state.spots):
            kept = {url: (key, self._stored(state, url)) for url, key in state.keys.items()}
            heap.begin()
            heap.put(state.spots, {url: (key, data) for url, (key, data) in kept.items() if data is not None})
        state.heap = heap.name
        store.write(f"{self._table}-state", {"state": state})
        heap.sweep()

    def _start(self, state: State) -> Files:
        shape = asdict(self._layout.shape)
        attributes = {id_: attributes_of(self._catalog, entry.item) for id_, entry in self._entries.items()}
        data = script("s", "start", start_file(self._catalog, attributes, self._layout.number, shape, state.characters))
        return {_START: (digest(data), data)}

    def _planned(self, state: State) -> Iterator[File]:
        for url, key in sorted(state.keys.items()):
            yield File(url, partial(self._make, state, url), key)

    def _make(self, state: State, url: str) -> bytes:
        data = self._files.get(url)
        if data is None:
            data = self._stored(state, url)
        if data is None:
            # Known to be right, yet damaged in the store: all there is, once more, in this one process.
            files = {**whole(self._source(state.samples), 1).files, **self._start(state)}
            self._files = {**{url: data for url, (_, data) in files.items()}, **self._files}
            data = self._files[url]
        return data


def _both(lines: list[str]) -> Lines | None:
    return (lines[0], lines[1]) if len(lines) == 2 else None


def _sampled(samples: Sequence[str], stamps: Mapping[str, str]) -> bytes:
    return digest(*samples, *(stamps[id_] for id_ in samples))


class _Repack:
    """Compresses groups with another dictionary; in workers."""

    def __init__(self, old: bytes, new: bytes) -> None:
        self._old, self._new = old, new

    def __call__(self, groups: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
        return {url: packed(url, lines_in(data, self._old), self._new) for url, data in groups}
