"""Long lists cut into pages: takes items newest first, gives pages that know their key and, when asked, their view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Event, Item
from pubhub.pages.cards import cards, counted
from pubhub.pages.digests import digest_of
from pubhub.pages.fingerprints import Fingerprints
from pubhub.pages.views import Link, ListView, Pager
from pubhub.urls import numbered

PER_PAGE = 20
URGENT = 30
"""Alerts in force at the top of a list; more of them than this would hide each other."""


@dataclass(frozen=True)
class Listing:
    """What a list is about; the items come on the side."""

    kind: str
    title: str
    intro: str
    url: str
    empty: str
    cards_title: str = "全部内容"
    years: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    totals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ListPage:
    """One page of a list."""

    listing: Listing
    about: str
    """The listing in one text, the same for all its pages: for the key."""
    number: int
    pages: int
    urgent: tuple[Item, ...]
    """Alerts in force, or events to come; on page one only, and not repeated."""
    items: tuple[Item, ...]
    rest_title: str
    total: int
    samples: int

    @property
    def url(self) -> str:
        """Address of this page."""
        return numbered(self.listing.url, self.number)

    def key(self, fingerprints: Fingerprints) -> bytes:
        """Of all that the page shows."""
        shown = fingerprints.cards((*self.urgent, *self.items))
        numbers = (self.number, self.pages, len(self.urgent), self.rest_title, self.total, self.samples)
        return digest_of((self.about, repr(numbers), shown))

    def view(self, catalog: Catalog) -> ListView:
        """What the template prints."""
        listing = self.listing
        return ListView(
            kind=listing.kind,
            title=listing.title,
            intro=listing.intro,
            url=self.url,
            urgent=cards(catalog, self.urgent),
            urgent_title="接下来的活动" if self.urgent and isinstance(self.urgent[0], Event) else "现在要当心",
            cards=cards(catalog, self.items),
            cards_title=self.rest_title,
            total=self.total,
            samples=self.samples,
            years=listing.years,
            related=listing.related,
            pager=_pager(listing.url, self.number, self.pages),
            empty=listing.empty,
            totals=listing.totals,
        )


def list_pages(catalog: Catalog, listing: Listing, items: Sequence[Item]) -> Iterator[ListPage]:
    """At least one page."""
    urgent = tuple((catalog.current_alerts(items) or catalog.upcoming_events(items))[:URGENT])
    lifted = {item.id for item in urgent}
    rest = [item for item in items if item.id not in lifted]
    pages = max(1, -(-len(rest) // PER_PAGE))
    first = items[0] if items and listing.kind == "section" else None
    rest_title = {Alert: "往期风险提示", Event: "办过的活动"}.get(type(first), listing.cards_title)
    total, about = counted(items), repr(listing)
    for number in range(1, pages + 1):
        yield ListPage(
            listing=listing,
            about=about,
            number=number,
            pages=pages,
            urgent=urgent if number == 1 else (),
            items=tuple(rest[(number - 1) * PER_PAGE : number * PER_PAGE]),
            rest_title=rest_title,
            total=total,
            samples=len(items) - total,
        )


def _pager(url: str, number: int, count: int) -> Pager:
    """Page links: the first, the last and those around the current one."""
    near = {1, count, *range(number - 2, number + 3)}
    shown = [n for n in range(1, count + 1) if n in near] if count > 1 else []
    return Pager(
        number=number,
        pages=tuple(Link(str(n), numbered(url, n), current=n == number) for n in shown),
        previous=numbered(url, number - 1) if number > 1 else "",
        next=numbered(url, number + 1) if number < count else "",
    )
