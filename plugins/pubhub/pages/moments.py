"""When readers were told something: takes an item, gives the moments of its publication and of every change worth telling.

Front matter knows days, machines want moments: the first of a day is its first second, each later one a second on, so that
two changes on one day can be told apart and the same file always gives the same moments.
"""

from __future__ import annotations

import datetime as dt

from pubhub.content.catalog import Catalog
from pubhub.content.model import Item

CHINA = dt.timezone(dt.timedelta(hours=8))


def start_of(day: dt.date) -> dt.datetime:
    """Midnight in China."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=CHINA)


def moments(catalog: Catalog, item: Item) -> list[dt.datetime]:
    """Rising: publication, then each major change, correction, replacement by a newer item, withdrawal. Minor changes are none."""
    days = [item.date]
    if item.changes:
        days += sorted(change.date for change in item.changes if change.level != "minor")
    withdrawn = catalog.is_withdrawn(item)
    if item.superseded_by and not withdrawn and (successor := catalog.get(item.superseded_by)):
        days.append(successor.date)
    if withdrawn and item.withdrawn is not None:
        days.append(item.withdrawn.at)
    if len(days) == 1:
        return [start_of(item.date)]
    found = []
    latest = days[0]
    for number, day in enumerate(days):
        latest = max(latest, day)
        found.append(start_of(latest) + dt.timedelta(seconds=number))
    return found


class Ranks(dict[str, tuple[int, int, str]]):
    """Orders items of one catalog by their last moment, then by id; each worked out once, for there are thousands."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog

    def __call__(self, item: Item) -> tuple[int, int, str]:
        """The sort key."""
        found = self.get(item.id)
        if found is None:
            if has_changed(item):
                told = moments(self._catalog, item)
                found = told[-1].toordinal(), len(told), item.id
            else:
                found = item.date.toordinal(), 1, item.id
            self[item.id] = found
        return found


def has_changed(item: Item) -> bool:
    """True if it may have been news more than once."""
    return bool(item.changes or item.superseded_by or item.withdrawn)


def updated(catalog: Catalog, item: Item) -> dt.datetime:
    """The last moment."""
    return moments(catalog, item)[-1] if has_changed(item) else start_of(item.date)
