"""Which feeds there are: takes a catalog, gives for everything, each section and each topic the items that were last news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubhub.content.catalog import Catalog
from pubhub.content.model import Item
from pubhub.pages.moments import updated

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


def scopes(catalog: Catalog) -> Iterator[Scope]:
    """All feeds of an edition."""
    words = catalog.vocabulary
    told = _changed(catalog)
    everything = [entry.item for entry in catalog.entries[: NEWEST * PAGES + 100] if entry.item.section != "pages"]
    newest = _newest(catalog, everything, told, NEWEST * PAGES)
    pages = [newest[n : n + NEWEST] for n in range(0, len(newest), NEWEST)] or [()]
    for number, items in enumerate(pages, 1):
        following = number + 1 if number < len(pages) else 0
        yield Scope("", "", words.site.description, "index.html", items, number, following)
    for info in words.sections:
        if info.staff and catalog.edition != "staff":
            continue
        changed = [item for item in told if item.section == info.id]
        items = _newest(catalog, catalog.in_section(info.id), changed, NEWEST)
        yield Scope(f"{info.id}/", info.title, info.intro, f"{info.id}/index.html", items)
    for term in words.topics:
        # A list of a topic drops what was withdrawn; whoever follows it must be told.
        changed = [item for item in told if term.id in item.topics]
        items = _newest(catalog, catalog.with_topic(term.id), changed, NEWEST)
        yield Scope(f"topics/{term.id}/", term.name, term.intro, f"topics/{term.id}.html", items)


def _changed(catalog: Catalog) -> list[Item]:
    """Items that were news more than once."""
    return [
        entry.item
        for entry in catalog.entries
        if (entry.withdrawn or entry.item.changes or entry.item.superseded_by) and entry.item.section != "pages"
    ]


def _newest(catalog: Catalog, items: Sequence[Item], changed: Sequence[Item], most: int) -> tuple[Item, ...]:
    """The latest by their last moment.

    items: newest first by date. Beyond the first `most` of them only what has changed can be among the latest.
    """
    pool = {item.id: item for item in (*items[:most], *changed)}
    return tuple(sorted(pool.values(), key=lambda item: (updated(catalog, item), item.id), reverse=True)[:most])
