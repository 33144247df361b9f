"""The frozen catalog: every list, feed, index and bundle is a question to it. What it shows is what this edition may show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar

from pubhub.content.body import Scan
from pubhub.content.loader import Loaded
from pubhub.content.model import Alert, Approval, Campaign, Event, Issue, Item
from pubhub.content.vocabulary import Vocabulary
from pubhub.pictures import Picture

Edition = Literal["public", "staff"]
I = TypeVar("I", bound=Item)  # noqa: E741  one letter for "any kind of item"


class Entry(NamedTuple):
    """An item that this edition may show, and what goes with it."""

    item: Item
    scan: Scan
    pictures: Mapping[str, Picture]
    withdrawn: bool
    approvals: tuple[Approval, ...]

    def used_pictures(self) -> dict[str, Picture]:
        """The pictures that the page really shows; a forgotten file beside it is not published."""
        return {name: picture for name, picture, _ in self.placed_pictures()}

    def placed_pictures(self) -> Iterator[tuple[str, Picture, str]]:
        """File name, picture and place (a key of pictures' PLACES) of everything that is shown of it."""
        if self.withdrawn or not self.pictures:
            return
        body = {p.target for p in self.scan.pointers if p.image}
        entries = {e.picture for e in self.item.entries} if isinstance(self.item, Campaign) else set()
        for name, picture in self.pictures.items():
            if name in body:
                yield name, picture, "body"
            if name == self.item.cover:
                yield name, picture, "cover"
                yield name, picture, "card"
            if name in entries:
                yield name, picture, "entry"
                yield name, picture, "work"


@dataclass(frozen=True)
class Catalog:
    """Items of one edition on one day, newest first. Nothing hidden is in here, so a leak needs an effort."""

    vocabulary: Vocabulary
    edition: Edition
    today: dt.date
    entries: tuple[Entry, ...]
    _by_id: Mapping[str, Entry] = field(repr=False)
    _by_section: Mapping[str, tuple[Item, ...]] = field(repr=False)
    _by_topic: Mapping[str, tuple[Item, ...]] = field(repr=False)
    _by_audience: Mapping[str, tuple[Item, ...]] = field(repr=False)
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What pages have worked out of an item, by its id: lists repeat."""

    def get(self, id_: str) -> Item | None:
        """The item of an id, if this edition shows it."""
        entry = self._by_id.get(id_)
        return entry.item if entry else None

    def entry(self, id_: str) -> Entry:
        """The entry of a shown id. Raises KeyError."""
        return self._by_id[id_]

    def is_withdrawn(self, item: Item) -> bool:
        """True for an item that only has its notice left."""
        return self._by_id[item.id].withdrawn

    def in_section(self, section: str) -> tuple[Item, ...]:
        """Items of a section, newest first."""
        return self._by_section.get(section, ())

    def of_kind(self, kind: type[I]) -> tuple[I, ...]:
        """Items of a kind, newest first."""
        return tuple(item for item in self.in_section(kind.section) if isinstance(item, kind))

    def with_topic(self, topic: str) -> tuple[Item, ...]:
        """Items of a topic, newest first; withdrawn ones are no longer part of it."""
        return self._by_topic.get(topic, ())

    def for_audience(self, audience: str) -> tuple[Item, ...]:
        """Items written for an audience, newest first."""
        return self._by_audience.get(audience, ())

    def current_alerts(self, items: Iterable[Item] | None = None) -> list[Alert]:
        """Alerts in force among `items` (all by default), most severe first, then newest."""
        if items is None:
            return list(self._in_force)
        alerts = {item.id for item in items if item.section == "alerts"}
        return [alert for alert in self._in_force if alert.id in alerts] if alerts else []

    @cached_property
    def _in_force(self) -> tuple[Alert, ...]:
        alerts = [i for i in self.in_section("alerts") if isinstance(i, Alert) and self.alert_state(i) == "current"]
        order = {"critical": 0, "high": 1, "moderate": 2, "notice": 3}
        return tuple(sorted(alerts, key=lambda a: order[a.severity]))

    @cached_property
    def changed(self) -> tuple[Item, ...]:
        """Items that were changed since they were published, newest first; withdrawn ones left out."""
        return tuple(entry.item for entry in self.entries if entry.item.changes and not entry.withdrawn)

    def upcoming_events(self, items: Iterable[Item] | None = None) -> list[Event]:
        """Events among `items` (all by default) that are to come or running, soonest first."""
        pool = self.in_section("events") if items is None else items
        events = [i for i in pool if isinstance(i, Event) and (i.ends or i.starts) >= self.today]
        return sorted((e for e in events if not self.is_withdrawn(e)), key=lambda e: (e.starts, e.id))

    def alert_state(self, alert: Alert) -> str:
        """current, expired, superseded or withdrawn, on the catalog's day."""
        if self.is_withdrawn(alert):
            return "withdrawn"
        if alert.superseded_by and self.get(alert.superseded_by):
            return "superseded"
        return "expired" if alert.expires < self.today else "current"

    def current_issue(self) -> Issue | None:
        """The newest issue by quarter."""
        issues = [i for i in self.of_kind(Issue) if not self.is_withdrawn(i)]
        return max(issues, key=lambda i: i.quarter, default=None)


def newest_first(items: Iterable[I]) -> list[I]:
    """A total order: date, then id, both falling."""
    return sorted(items, key=attrgetter("date", "id"), reverse=True)


def make_catalog(
    vocabulary: Vocabulary,
    edition: Edition,
    today: dt.date,
    shown: Iterable[tuple[Loaded, bool, tuple[Approval, ...]]],
) -> Catalog:
    """Freezes what may be shown: loaded item, whether only its withdrawal is left, its two signatures."""
    entries = {
        one.item.id: Entry(_discreet(one.item), one.scan, one.pictures, withdrawn, approvals)
        for one, withdrawn, approvals in shown
        if one.item.visibility == "public" or edition == "staff"
    }
    items = newest_first(entry.item for entry in entries.values())
    sections: dict[str, list[Item]] = {}
    topics: dict[str, list[Item]] = {}
    audiences: dict[str, list[Item]] = {}
    ordered = tuple([entries[item.id] for item in items])
    for entry, item in zip(ordered, items, strict=True):
        sections.setdefault(item.section, []).append(item)
        if not entry.withdrawn and item.section != "pages":
            for topic in item.topics:
                topics.setdefault(topic, []).append(item)
            for audience in item.audience:
                audiences.setdefault(audience, []).append(item)
    return Catalog(
        vocabulary=vocabulary,
        edition=edition,
        today=today,
        entries=ordered,
        _by_id=entries,
        _by_section=_frozen(sections),
        _by_topic=_frozen(topics),
        _by_audience=_frozen(audiences),
    )


def _discreet(item: I) -> I:
    """Without what was noted of people's consent: nothing that is printed from a catalog can tell it."""
    if not any(note.consent for note in item.pictures):
        return item
    return replace(item, pictures=tuple(replace(note, consent=None) for note in item.pictures))


def _frozen(groups: Mapping[str, Sequence[Item]]) -> dict[str, tuple[Item, ...]]:
    return {name: tuple(items) for name, items in groups.items()}
