"""Pages of sections, items, reader paths, stations and home: takes the desk, gives planned outputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from pubhub.content.catalog import Catalog
from pubhub.content.model import Issue, Item
from pubhub.content.vocabulary import STATION_KINDS
from pubhub.content.vocabulary import Station as StationData
from pubhub.engine.desk import Desk
from pubhub.engine.plan import File, Output, Page
from pubhub.pages.digests import digest_of
from pubhub.pages.items import item_view
from pubhub.pages.lists import Listing, ListPage, list_pages
from pubhub.pages.shared import HOME, feed_link, item_page, page_view, section_feed, section_link
from pubhub.pages.structured import script_text, site_nodes
from pubhub.pages.surroundings import Surroundings
from pubhub.pages.views import ItemView, Link, PageView, RedirectView, Station, StationsView
from pubhub.pictures import copy_key, planned, shown_copy
from pubhub.sections.archive import shelved
from pubhub.sections.home import home_view
from pubhub.sections.listings import audience_listing, section_listing, years_of


def section_pages(desk: Desk) -> Iterator[Output]:
    """Everything that hangs on the sections of a catalog."""
    catalog = desk.catalog
    yield Page("index.html", "home.html", "home", partial(_home, desk))
    yield Page("404.html", "404.html", "missing", partial(_missing, catalog), listed=False)
    for entry in catalog.entries:
        item = entry.item
        extra = desk.extras.get(item.id)
        yield Page(
            item.url,
            extra.template if extra else f"kinds/{item.kind}.html",
            "item",
            partial(_item, desk, item),
            partial(_item_key, desk, item),
            listed=not entry.withdrawn,
            steady=item.id in desk.steady and extra is None,
        )
        for alias in item.aliases:
            key = partial(digest_of, (alias, item.url, item.title, item.summary))
            yield Page(alias, "redirect.html", "redirect", partial(_redirect, catalog, item, alias), key, listed=False)
    yield from _sections(desk)
    for term in catalog.vocabulary.audiences:
        # Picked for somebody: what only shows how to write comes last.
        picked = sorted(catalog.for_audience(term.id), key=lambda item: item.sample)
        yield from list_outputs(desk, audience_listing(term), picked, "")
    if catalog.vocabulary.stations:
        yield Page("stations.html", "stations.html", "stations", partial(_stations, catalog))
    yield from _pictures(catalog)


def _sections(desk: Desk) -> Iterator[Output]:
    catalog = desk.catalog
    for info in catalog.vocabulary.sections:
        if info.staff and catalog.edition != "staff":
            continue
        items = catalog.in_section(info.id)
        years = years_of(items)
        yield from list_outputs(desk, section_listing(info, items, catalog, years), items, info.id)
        for year in years:
            part = [item for item in items if item.date.year == year]
            crumbs = (HOME, section_link(catalog, info.id))
            yield from list_outputs(desk, section_listing(info, items, catalog, years, year), part, info.id, crumbs)


def _pictures(catalog: Catalog) -> Iterator[File]:
    """The same picture beside two items is published once; all copies of one picture share its decoding."""
    placed = (one for entry in catalog.entries for one in entry.placed_pictures())
    for url, (picture, copy) in sorted(planned(placed).items()):
        make = partial(shown_copy, picture, copy.width, copy.format)
        key = copy_key(picture, copy.width, copy.format)
        yield File(url, make, key, keep=True, group=picture.sha256)


def _item(desk: Desk, item: Item) -> tuple[object, PageView]:
    around = desk.neighbourhood.around(item)
    view = _view(desk, item, around)
    return view, item_page(desk.catalog, item, around, view.html)


def _item_key(desk: Desk, item: Item) -> bytes:
    key = desk.fingerprints.page(item, desk.neighbourhood.around(item))
    extra = desk.extras.get(item.id)
    return key + (desk.downloads_key(item) if isinstance(item, Issue) else b"") + (extra.key if extra else b"")


def _view(desk: Desk, item: Item, around: Surroundings) -> ItemView:
    rendered = desk.bodies.on_page(item)
    if isinstance(item, Issue):
        got, cover, held = desk.downloads(item), desk.covers(item), desk.held(item)
        view = item_view(desk.catalog, item, rendered, around, got, cover, held)
    else:
        view = item_view(desk.catalog, item, rendered, around)
    extra = desk.extras.get(item.id)
    return extra.view(view) if extra else view


def _home(desk: Desk) -> tuple[object, PageView]:
    catalog = desk.catalog
    issue = catalog.current_issue()
    view = _view(desk, issue, desk.neighbourhood.around(issue)) if issue else None
    words = catalog.vocabulary.site
    page = page_view(catalog, "index.html", "", words.description, ())
    nodes = site_nodes(catalog) if catalog.edition == "public" else []
    return home_view(catalog, view), replace(page, structured=script_text(nodes))


def _missing(catalog: Catalog) -> tuple[object, PageView]:
    return None, page_view(catalog, "404.html", "找不到这个页面", "这个网址没有内容。", noindex=True)


def _redirect(catalog: Catalog, item: Item, alias: str) -> tuple[object, PageView]:
    page = page_view(catalog, alias, item.title, item.summary, noindex=True)
    return RedirectView(item.url, item.title), page


def _stations(catalog: Catalog) -> tuple[object, PageView]:
    groups: dict[str, list[Station]] = {}
    for station in catalog.vocabulary.stations:
        groups.setdefault(station.district, []).append(_station(station))
    view = StationsView(tuple((name, tuple(found)) for name, found in groups.items()))
    page = page_view(catalog, "stations.html", "服务站点", "工行驿站、安全空间和示范基地。", section="stations")
    return view, page


def list_outputs(
    desk: Desk, listing: Listing, items: Sequence[Item], section: str, crumbs: tuple[Link, ...] = (HOME,)
) -> Iterator[Page]:
    """The pages of one list."""
    for page in list_pages(desk.catalog, listing, items):
        make = partial(_list_page, desk, page, section, crumbs)
        yield Page(page.url, "list.html", "list", make, partial(_list_key, desk, page))


def _list_key(desk: Desk, page: ListPage) -> bytes:
    shelf = (desk.downloads_key(item) for item in page.items if isinstance(item, Issue))
    return b"".join((page.key(desk.fingerprints), *shelf))


def _list_page(desk: Desk, page: ListPage, section: str, crumbs: tuple[Link, ...]) -> tuple[object, PageView]:
    catalog = desk.catalog
    issues = (item for item in page.items if isinstance(item, Issue))
    view = replace(page.view(catalog), shelf=tuple(shelved(desk, issue) for issue in issues))
    title = view.title if page.number == 1 else f"{view.title}（第{page.number}页）"
    record = page_view(
        catalog,
        view.url,
        title,
        view.intro or view.title,
        crumbs,
        section=section,
        previous=view.pager.previous,
        next_=view.pager.next,
        feed=_feed(catalog, page.listing, section),
    )
    return view, record


def _feed(catalog: Catalog, listing: Listing, section: str) -> Link | None:
    if listing.kind == "topic":
        return feed_link(listing.url.removesuffix(".html") + "/", listing.title)
    return section_feed(catalog, section) if section else None


def _station(data: StationData) -> Station:
    return Station(
        id=data.id,
        name=data.name,
        kind_name=STATION_KINDS[data.kind],
        district=data.district,
        address=data.address,
        hours=data.hours,
        services=data.services,
        sample=data.sample,
    )
