"""What stands around an item on its page: takes a catalog, gives neighbours, related items, columns and successor.

Related items are looked for near the item in its topics' lists, so that a new item changes a few pages and not all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Course, Entry, Event, Issue, Item
from pubhub.pages.cards import state_of
from pubhub.pages.digests import digest_of
from pubhub.pages.likeness import likeness, pairs

RELATED = 5
WINDOW = 6
"""How far to each side a topic's list is searched."""
TOPIC, TEACHES = 60, 15
"""What a shared topic and a kind that teaches are worth beside the likeness of titles, which is at most 100."""
_TEACHING = frozenset({"alert", "article", "case", "lesson"})
_OVER = frozenset({"expired", "past", "superseded", "withdrawn"})


@dataclass(frozen=True)
class Surroundings:
    """The other items that a page names."""

    older: Item | None
    newer: Item | None
    related: tuple[Item, ...]
    materials: tuple[Item, ...]
    """Lessons of a course, materials of an event."""
    columns: tuple[tuple[str, tuple[Item, ...]], ...]
    """Of an issue, in the printed order; empty columns are left out."""
    successor: Item | None
    printed: Issue | None
    """The issue that printed the item."""

    def all(self) -> Iterable[Item]:
        """Every item named, doubles included, in a fixed order."""
        single = (self.older, self.newer, self.successor, self.printed)
        yield from (item for item in single if item is not None)
        yield from self.related
        yield from self.materials
        for _, items in self.columns:
            yield from items


@dataclass(frozen=True)
class Memory:
    """Which items were found to be related, and for which lists that holds."""

    order: bytes = b""
    related: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Id → hash of its front matter, related ids."""


class Neighbourhood:
    """Positions of all items of a catalog, found once.

    memory: of an earlier build; it holds as long as no item came, went, or changed its date, topics or being current.
    """

    def __init__(self, catalog: Catalog, memory: Memory | None = None) -> None:
        self._catalog = catalog
        self._sides = _sides(catalog)
        topics = [term.id for term in catalog.vocabulary.topics]
        self._lists = {topic: [item.id for item in catalog.with_topic(topic)] for topic in topics}
        self._places = {topic: {id_: n for n, id_ in enumerate(ids)} for topic, ids in self._lists.items()}
        self._known: dict[str, Surroundings] = {}
        self._traits: dict[str, tuple[int, int, frozenset[str]]] = {}
        current = sorted(alert.id for alert in catalog.current_alerts())
        gone = sorted(entry.item.id for entry in catalog.entries if entry.withdrawn)
        # Titles are compared, and who is over is no company: so front matter and state are part of it.
        dated = sorted(
            (entry.item.id, entry.item.section, entry.item.origin.front[:32], state_of(catalog, entry.item))
            for entry in catalog.entries
        )
        self.order = digest_of((repr(self._lists), repr(dated), repr(current), repr(gone)))
        """Of all lists: as long as it stays, so do everybody's neighbours."""
        self._before = memory.related if memory is not None and memory.order == self.order else {}
        self._related_ids: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._printed: dict[str, Issue] = {}
        for issue in catalog.of_kind(Issue):
            if not catalog.is_withdrawn(issue):
                for ids in issue.columns:
                    self._printed.update(dict.fromkeys(ids, issue))

    def memory(self) -> Memory:
        """To be given to the next build."""
        return Memory(self.order, {**self._before, **self._related_ids})

    def named_before(self, item: Item) -> list[str] | None:
        """Ids of neighbours and related items, if an earlier build found them for the same lists; else None."""
        front, related = self._before.get(item.id, ("", ()))
        if front != item.origin.front:
            return None
        sides = (one.id for one in self._sides.get(item.id, ()) if one is not None)
        return [*sides, *related]

    def around(self, item: Item) -> Surroundings:
        """The surroundings of one item, found once."""
        found = self._known.get(item.id)
        if found is None:
            found = self._known[item.id] = self._look_around(item)
        return found

    def _look_around(self, item: Item) -> Surroundings:
        older, newer = self._sides.get(item.id, (None, None))
        return Surroundings(
            older=older,
            newer=newer,
            related=self._related(item),
            materials=tuple(self._shown(_materials(item))),
            columns=self._columns(item),
            successor=self._catalog.get(item.superseded_by) if item.superseded_by else None,
            printed=self._printed.get(item.id),
        )

    def _shown(self, ids: Iterable[str]) -> list[Item]:
        found = (self._catalog.get(id_) for id_ in ids)
        return [item for item in found if item is not None and not self._catalog.is_withdrawn(item)]

    def _columns(self, item: Item) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        if not isinstance(item, Issue) or self._catalog.is_withdrawn(item):
            return ()
        columns = ((name, tuple(self._shown(ids))) for name, ids in zip(model.COLUMNS, item.columns, strict=True))
        return tuple((name, items) for name, items in columns if items)

    def _related(self, item: Item) -> tuple[Item, ...]:
        front, ids = self._before.get(item.id, ("", ()))
        if front != item.origin.front:
            ids = tuple(other.id for other in self._search(item))
            self._related_ids[item.id] = (item.origin.front, ids)
        return tuple(self._shown(ids))

    def _search(self, item: Item) -> list[Item]:
        """What the author named, then what shares most topics, has a like title, teaches and is near in time; nothing out of date."""
        chosen = {other.id: other for other in self._shown(item.related)}
        if len(chosen) < RELATED:
            shared: dict[str, int] = {}
            for topic in item.topics:
                for id_ in self._near(item, topic):
                    shared[id_] = shared.get(id_, 0) + 1
            shared.pop(item.id, None)
            day, _, words = self._trait(item.id)
            near = []
            for id_, count in shared.items():
                when, worth, others = self._traits.get(id_) or self._trait(id_)
                like = 0 if words.isdisjoint(others) else likeness(words, others)
                near.append((-TOPIC * count - worth - like, abs(when - day), id_))
            for _, _, id_ in sorted(near):
                if len(chosen) >= RELATED:
                    break
                if id_ not in chosen and (other := self._catalog.get(id_)) and self._is_good_company(other):
                    chosen[id_] = other
        return list(chosen.values())

    def _trait(self, id_: str) -> tuple[int, int, frozenset[str]]:
        """Day, worth of the kind, pairs of the title."""
        item = self._catalog.entry(id_).item
        found = item.date.toordinal(), TEACHES if item.kind in _TEACHING else 0, pairs(item.title)
        self._traits[id_] = found
        return found

    def _near(self, item: Item, topic: str) -> list[str]:
        # A withdrawn item has no place of its own any more; the newest are as good as any.
        place = self._places[topic].get(item.id, 0)
        return self._lists[topic][max(0, place - WINDOW) : place + WINDOW + 1]

    def _is_good_company(self, item: Item) -> bool:
        return not isinstance(item, (Issue, Entry)) and state_of(self._catalog, item) not in _OVER


def _materials(item: Item) -> tuple[str, ...]:
    if isinstance(item, Event):
        return item.materials
    return item.lessons if isinstance(item, Course) else ()


def _sides(catalog: Catalog) -> dict[str, tuple[Item | None, Item | None]]:
    """Older and newer item of the same section; plain pages have no order."""
    found: dict[str, tuple[Item | None, Item | None]] = {}
    for section in {entry.item.section for entry in catalog.entries} - {"pages"}:
        live = [item for item in catalog.in_section(section) if not catalog.is_withdrawn(item)]
        for n, item in enumerate(live):
            found[item.id] = (live[n + 1] if n + 1 < len(live) else None, live[n - 1] if n else None)
    return found
