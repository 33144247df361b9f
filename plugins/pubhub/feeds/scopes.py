"""Which feeds there are: takes a catalog, gives for everything, each section and each topic the items that were last news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pubhub.content.catalog import Catalog
from pubhub.content.model import Item
from pubhub.pages.moments import Ranks, has_changed

I = TypeVar("I", bound=Item)  # noqa: E741  one letter for "any kind of item"
NEWEST = 50
PAGES = 4
"""Pages of the feed of everything; the others have one."""


@dataclass(frozen=True)
class Scope:
    """One feed, or one page of it."""

    folder: str
    """"", "alerts/" or "topics/loan/"."""
    title: str
    """Empty for everything."""
    intro: str
    home: str
    """The page with the same list."""
    items: tuple[Item, ...]
    number: int = 1
    following: int = 0


def scopes(catalog: Catalog, ranks: Ranks) -> Iterator[Scope]:
    """All feeds of an edition."""
    words = catalog.vocabulary
    told = changed_items(catalog)
    by_section, by_topic = _grouped(told)
    everything = [entry.item for entry in catalog.entries[: NEWEST * PAGES + 100] if entry.item.section != "pages"]
    found = newest(ranks, everything, told, NEWEST * PAGES)
    pages = [found[n : n + NEWEST] for n in range(0, len(found), NEWEST)] or [()]
    for number, items in enumerate(pages, 1):
        following = number + 1 if number < len(pages) else 0
        yield Scope("", "", words.site.description, "index.html", items, number, following)
    for info in words.sections:
        if not info.staff or catalog.edition == "staff":
            items = newest(ranks, catalog.in_section(info.id), by_section.get(info.id, ()), NEWEST)
            yield Scope(f"{info.id}/", info.title, info.intro, f"{info.id}/index.html", items)
    for term in words.topics:
        # A list of a topic drops what was withdrawn; whoever follows it must be told.
        items = newest(ranks, catalog.with_topic(term.id), by_topic.get(term.id, ()), NEWEST)
        yield Scope(f"topics/{term.id}/", term.name, term.intro, f"topics/{term.id}.html", items)


def changed_items(catalog: Catalog) -> list[Item]:
    """Items that were news more than once."""
    items = (entry.item for entry in catalog.entries)
    return [item for item in items if has_changed(item) and item.section != "pages"]


def _grouped(items: Iterable[Item]) -> tuple[dict[str, list[Item]], dict[str, list[Item]]]:
    sections: dict[str, list[Item]] = {}
    topics: dict[str, list[Item]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
        for topic in item.topics:
            topics.setdefault(topic, []).append(item)
    return sections, topics


def newest(ranks: Ranks, items: Sequence[I], changed: Iterable[I], most: int) -> tuple[I, ...]:
    """The latest by their last moment.

    items: newest first by date. Beyond the first `most` of them only what has changed can be among the latest.
    """
    pool = {item.id: item for item in items[:most]} | {item.id: item for item in changed}
    return tuple(sorted(pool.values(), key=ranks, reverse=True)[:most])
