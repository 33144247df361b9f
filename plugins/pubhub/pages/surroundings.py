"""What stands around an item on its page: takes a catalog, gives neighbours, related items, columns and successor.

Related items are looked for near the item in its topics' lists, so that a new item changes a few pages and not all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """Which items were found to be related, and what that was found from."""

    token: bytes = b""
    """Of all cards."""
    cards: Mapping[str, str] = field(default_factory=dict)
    """Id → what lists show of it (`Fingerprints.card`)."""
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Topic → ids in order."""
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Section → ids in order, withdrawn ones left out."""
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Neighbourhood:
    """Positions of all items of a catalog, found once.

    What is related to an item follows from its own card and from those near it in its topics' lists. So an earlier answer holds
    until one of these changes, comes or goes, and after most edits nearly every answer holds.
    """

    def __init__(self, catalog: Catalog, cards: Mapping[str, str], memory: Memory | None = None) -> None:
        """Looks around.

        Args:
            cards: of all entries, by id, in the order of the catalog.
            memory: of an earlier build.
        """
        self._catalog, self._cards = catalog, cards
        live = _live(catalog)
        self._sides = _sides(live)
        self._sections = {section: tuple([item.id for item in items]) for section, items in live.items()}
        topics = [term.id for term in catalog.vocabulary.topics]
        self._lists = {topic: tuple([item.id for item in catalog.with_topic(topic)]) for topic in topics}
        self._places: dict[str, dict[str, int]] = {}
        self._traits: dict[str, tuple[int, int, frozenset[str]]] = {}
        self._known: dict[str, Surroundings] = {}
        self._related_ids: dict[str, tuple[str, ...]] = {}
        self.token = digest_of(f"{id_} {card}" for id_, card in cards.items())
        self.before = memory or Memory()
        self.changed = frozenset() if self.before.token == self.token else self._changed()
        """Ids whose cards differ from those of the earlier build, came or went."""
        self._restless = self._near_to(self.changed) if self.changed else frozenset()
        self._printed: dict[str, Issue] = {}
        for issue in catalog.of_kind(Issue):
            if not catalog.is_withdrawn(issue):
                for ids in issue.columns:
                    self._printed.update(dict.fromkeys(ids, issue))

    def memory(self) -> Memory:
        """To be given to the next build."""
        if self.before.token == self.token and not self._related_ids:
            return self.before
        kept = {
            id_: ids for id_, ids in self.before.related.items() if id_ in self._cards and id_ not in self._restless
        }
        return Memory(self.token, self._cards, self._lists, self._sections, kept | self._related_ids)

    def is_as_before(self, item: Item) -> bool:
        """True if the neighbours and the related items are known to be those of the earlier build, with the same cards."""
        if item.id in self._restless:
            return False
        related = self.before.related.get(item.id)
        return related is not None and self.changed.isdisjoint(related)

    def _changed(self) -> frozenset[str]:
        old, new = self.before.cards, self._cards
        return frozenset({id_ for id_, card in new.items() if old.get(id_) != card} | (old.keys() - new.keys()))

    def _near_to(self, changed: frozenset[str]) -> frozenset[str]:
        """Ids for which the earlier answer may not hold: near a change in a list as it was or as it is, or naming one."""
        near = set(changed)
        before = self.before
        for lists, reach in (
            (before.topics, WINDOW),
            (self._lists, WINDOW),
            (before.sections, 1),
            (self._sections, 1),
        ):
            for ids in lists.values():
                for place in [n for n, id_ in enumerate(ids) if id_ in changed]:
                    near.update(ids[max(0, place - reach) : place + reach + 1])
        for entry in self._catalog.entries:
            item = entry.item
            # Withdrawn items and plain pages are in no list; they were given the newest of their topics.
            if entry.withdrawn or item.section == "pages" or (item.related and not changed.isdisjoint(item.related)):
                near.add(item.id)
        return frozenset(near)

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
        ids = self.before.related.get(item.id) if item.id not in self._restless else None
        if ids is None:
            ids = tuple(other.id for other in self._search(item))
            self._related_ids[item.id] = ids
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

    def _near(self, item: Item, topic: str) -> tuple[str, ...]:
        # A withdrawn item has no place of its own any more, a plain page never had one; the newest are as good as any.
        if topic not in self._places:
            self._places[topic] = {id_: n for n, id_ in enumerate(self._lists[topic])}
        place = self._places[topic].get(item.id, 0)
        return self._lists[topic][max(0, place - WINDOW) : place + WINDOW + 1]

    def _is_good_company(self, item: Item) -> bool:
        return not isinstance(item, (Issue, Entry)) and state_of(self._catalog, item) not in _OVER


def _materials(item: Item) -> tuple[str, ...]:
    if isinstance(item, Event):
        return item.materials
    return item.lessons if isinstance(item, Course) else ()


def _live(catalog: Catalog) -> dict[str, list[Item]]:
    """Items of each section that stand in a row, newest first; plain pages have no order."""
    found: dict[str, list[Item]] = {}
    for entry in catalog.entries:
        if not entry.withdrawn and entry.item.section != "pages":
            found.setdefault(entry.item.section, []).append(entry.item)
    return found


def _sides(rows: Mapping[str, Sequence[Item]]) -> dict[str, tuple[Item | None, Item | None]]:
    """Older and newer item of the same section."""
    found: dict[str, tuple[Item | None, Item | None]] = {}
    for row in rows.values():
        for item, older, newer in zip(row, (*row[1:], None), (None, *row[:-1]), strict=True):
            found[item.id] = (older, newer)
    return found
