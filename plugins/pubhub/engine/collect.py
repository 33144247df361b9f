"""Reads a content folder with the help of earlier reads: takes a folder and a store, gives items, problems and rendered bodies.

A file is read again when its stamp differs, and worked on again when its bytes differ. Everything else comes from the store.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pubhub.content.body import Pointer
from pubhub.content.loader import Loaded, read_body
from pubhub.content.model import ITEM_ID
from pubhub.content.survey import Folder, Stamp, survey
from pubhub.content.vocabulary import Vocabulary
from pubhub.engine.store import Store, by_shard, shard_of
from pubhub.engine.timing import Timing
from pubhub.engine.version import digest
from pubhub.engine.workers import spread
from pubhub.markup.render import Rendered, Renderer
from pubhub.markup.rewrite import Place
from pubhub.pictures import shown
from pubhub.problems import Problem
from pubhub.site import examine

HEADS, BODIES = "heads", "bodies"
RACY_NS = 2_000_000_000
"""A file that changed this shortly before it was read may change again without a new stamp."""
_CHUNK = 24
_OTHER_ADDRESS = re.compile(r"(?!" + ITEM_ID + r")(?:[a-zA-Z][a-zA-Z0-9+.-]*:|#|//)")


@dataclass(frozen=True)
class Head:
    """What is kept of one item's folder."""

    stamps: tuple[Stamp, ...]
    read_ns: int
    """When it was read."""
    context: bytes
    """Of the vocabulary it was read with."""
    loaded: Loaded | None
    problems: tuple[Problem, ...]

    def is_settled(self) -> bool:
        """True if equal stamps prove equal bytes."""
        return all(max(stamp[2], stamp[3]) + RACY_NS < self.read_ns for stamp in self.stamps)


@dataclass(frozen=True)
class Collected:
    """A content folder, read."""

    loaded: tuple[Loaded, ...]
    problems: tuple[Problem, ...]
    shelf: Callable[[str], Rendered]
    """Rendered bodies by URI."""
    worked: int
    """How many items were worked on; the others were known."""


def collect(
    root: Path,
    vocabulary: Vocabulary,
    store: Store | None,
    found: tuple[list[Folder], list[Problem]] | None = None,
    progress: Callable[[int, int], None] | None = None,
    timing: Timing | None = None,
) -> Collected:
    """Everything below `root`. `found`: the survey, where it was made already."""
    timing = timing or Timing()
    with timing.step("survey"):
        folders, problems = found or survey(root)
    context = context_of(vocabulary)
    with timing.step("remember"):
        known: dict[str, Head] = store.read_all(HEADS) if store else {}
    heads: dict[str, Head] = {}
    stale: list[Folder] = []
    for folder in folders:
        head = known.get(folder.uri)
        if head is not None and head.context == context and head.stamps == folder.stamps and head.is_settled():
            heads[folder.uri] = head
        else:
            stale.append(folder)
    work = _Work(root, vocabulary, context, known)
    fresh: dict[str, Rendered] = {}
    # Same bytes under a new stamp (a fresh checkout): hashing is a tenth of the work.
    stale, same = _changed(root, stale, known, context)
    heads |= same
    done = 0
    with timing.step("read"):
        for answers in spread(work, stale, _CHUNK):
            for uri, head, rendered in answers:
                heads[uri] = head
                if rendered is not None:
                    fresh[uri] = rendered
            done += len(answers)
            if progress is not None:
                progress(done, len(stale))
    if store is not None:
        with timing.step("keep"):
            _keep(store, known, heads, {f.uri for f in stale} | set(same), fresh, context)
    ordered = [heads[folder.uri] for folder in folders]
    return Collected(
        loaded=tuple(head.loaded for head in ordered if head.loaded is not None),
        problems=(*problems, *(problem for head in ordered for problem in head.problems)),
        shelf=_Shelf(store, heads, fresh, work),
        worked=len(stale),
    )


def context_of(vocabulary: Vocabulary) -> bytes:
    """What reading one item depends on besides its file."""
    return digest(repr(sorted(vocabulary.known().items())), repr(vocabulary.facts), repr(vocabulary.wording))


class _Work:
    """Reads and renders some folders; runs in workers."""

    def __init__(self, root: Path, vocabulary: Vocabulary, context: bytes, known: Mapping[str, Head]) -> None:
        self.root, self._vocabulary, self._context, self._known = root, vocabulary, context, known
        self._renderer: Renderer | None = None
        self._hotlines = tuple(h.number for h in vocabulary.facts.hotlines if not h.sms)

    def __call__(self, folders: Sequence[Folder]) -> list[tuple[str, Head, Rendered | None]]:
        return [self._one(folder) for folder in folders]

    def _one(self, folder: Folder) -> tuple[str, Head, Rendered | None]:
        now = time.time_ns()
        pictures = folder.pictures(self.root)
        before = self._known.get(folder.uri)
        # Decoding a photo costs a hundred times what hashing it does.
        seen = {p.sha256: p for p in before.loaded.pictures.values()} if before and before.loaded else {}
        loaded, problems = examine(folder.uri, self.root / folder.uri, pictures, self._vocabulary, seen)
        rendered = None
        if loaded is not None:
            rendered = self.render(loaded, loaded.body)
            loaded = _light(loaded, rendered)
        return folder.uri, Head(folder.stamps, now, self._context, loaded, tuple(problems)), rendered

    def render(self, loaded: Loaded, body: str) -> Rendered:
        """A body as neutral HTML."""
        if self._renderer is None:
            self._renderer = Renderer()
        credits = {note.file: note.credit_line for note in loaded.item.pictures}
        pictures = {name: shown(p, name, "body", credits.get(name, "")) for name, p in loaded.pictures.items()}
        return self._renderer.render(body, Place(pictures, self._hotlines))


def _light(loaded: Loaded, rendered: Rendered) -> Loaded:
    """Without the text, and of the pointers only those that name an item, a picture or a path.

    What Markdown made a link or a picture of and the scan did not see is pointed at as well: the page shows it.
    """
    pointers = tuple(p for p in loaded.scan.pointers if p.image or not _OTHER_ADDRESS.match(p.target))
    line = loaded.item.origin.body_line
    ids = {p.target.split("#")[0] for p in pointers if not p.image}
    pictures = {p.target for p in pointers if p.image}
    pointers += tuple(Pointer(id_, line, False, "") for id_ in rendered.ids if id_ not in ids)
    pointers += tuple(Pointer(name, line, True, "") for name in rendered.pictures if name not in pictures)
    return replace(loaded, body="", scan=replace(loaded.scan, prose="", problems=(), pointers=pointers))


def _changed(
    root: Path, stale: Sequence[Folder], known: Mapping[str, Head], context: bytes
) -> tuple[list[Folder], dict[str, Head]]:
    """Folders whose bytes differ, and new heads for those whose bytes do not."""
    changed: list[Folder] = []
    same: dict[str, Head] = {}
    for folder in stale:
        head = known.get(folder.uri)
        now = time.time_ns()
        if head is None or head.loaded is None or head.context != context:
            changed.append(folder)
            continue
        known_sums = {name: picture.sha256 for name, picture in head.loaded.pictures.items()}
        try:
            text = _sum(root / folder.uri)
            sums = {path.name: _sum(path) for path in folder.pictures(root)}
        except OSError:
            changed.append(folder)
            continue
        if text == head.loaded.item.origin.file and sums == known_sums:
            same[folder.uri] = replace(head, stamps=folder.stamps, read_ns=now)
        else:
            changed.append(folder)
    return changed, same


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _keep(
    store: Store,
    known: Mapping[str, Head],
    heads: Mapping[str, Head],
    touched: set[str],
    fresh: Mapping[str, Rendered],
    context: bytes,
) -> None:
    """Writes the shards that differ; what is gone from the folder goes from the store."""
    gone = set(known) - set(heads)
    groups = by_shard(heads)
    for shard in sorted({shard_of(uri) for uri in touched | gone}):
        store.write(HEADS, {uri: heads[uri] for uri in sorted(groups.get(shard, ()))}, shard)
    for shard in sorted({shard_of(uri) for uri in {*fresh, *gone}}):
        old = store.read(BODIES, shard)
        kept = {uri: old[uri] for uri in old if uri in heads}
        for uri in groups.get(shard, ()):
            if uri in fresh:
                loaded = heads[uri].loaded
                assert loaded is not None
                kept[uri] = (loaded.item.origin.source, context, fresh[uri])
        store.write(BODIES, dict(sorted(kept.items())), shard)


class _Shelf:
    """Bodies of this run, then of the store; a body that is in neither is rendered when it is asked for."""

    def __init__(
        self, store: Store | None, heads: Mapping[str, Head], fresh: Mapping[str, Rendered], work: _Work
    ) -> None:
        self._store, self._heads, self._fresh, self._work = store, heads, fresh, work
        self._shards: dict[int, dict[str, tuple[str, bytes, Rendered]]] = {}

    def __call__(self, uri: str) -> Rendered:
        """The body of an item. Raises ContentRefused if its file changed during the build."""
        if uri in self._fresh:
            return self._fresh[uri]
        head = self._heads[uri]
        assert head.loaded is not None
        shard = shard_of(uri)
        if self._store is not None and shard not in self._shards:
            self._shards[shard] = self._store.read(BODIES, shard)
        kept = self._shards.get(shard, {}).get(uri)
        if kept is not None and kept[:2] == (head.loaded.item.origin.source, head.context):
            return kept[2]
        return self._work.render(head.loaded, read_body(self._work.root, head.loaded.item))
