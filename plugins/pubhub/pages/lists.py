"""Long lists cut into pages: takes items newest first, gives list views with pagers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Event, Item
from pubhub.pages.cards import cards, counted
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


def list_pages(catalog: Catalog, listing: Listing, items: Sequence[Item]) -> Iterator[ListView]:
    """At least one page; alerts in force stand first on page one and are not repeated."""
    upcoming = catalog.upcoming_events(items)
    urgent: Sequence[Item] = (catalog.current_alerts(items) or upcoming)[:URGENT]
    lifted = {item.id for item in urgent}
    rest = [item for item in items if item.id not in lifted]
    count = max(1, -(-len(rest) // PER_PAGE))
    first = items[0] if items and listing.kind == "section" else None
    rest_title = {Alert: "往期风险提示", Event: "办过的活动"}.get(type(first), listing.cards_title)
    for number in range(1, count + 1):
        part = rest[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield ListView(
            kind=listing.kind,
            title=listing.title,
            intro=listing.intro,
            url=numbered(listing.url, number),
            urgent=cards(catalog, urgent) if number == 1 else (),
            urgent_title="接下来的活动" if urgent and isinstance(urgent[0], Event) else "现在要当心",
            cards=cards(catalog, part),
            cards_title=rest_title,
            total=counted(items),
            samples=len(items) - counted(items),
            years=listing.years,
            related=listing.related,
            pager=_pager(listing.url, number, count),
            empty=listing.empty,
            totals=listing.totals,
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
