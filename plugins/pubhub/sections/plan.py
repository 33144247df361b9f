"""Pages of sections, items, reader paths, stations and home: takes a catalog, gives planned outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from pubhub.content.catalog import Catalog
from pubhub.content.model import Issue, Item
from pubhub.content.vocabulary import STATION_KINDS
from pubhub.content.vocabulary import Station as StationData
from pubhub.engine.plan import File, Output, Page
from pubhub.pages.items import item_view
from pubhub.pages.lists import Listing, list_pages
from pubhub.pages.shared import HOME, item_page, page_view, section_link
from pubhub.pages.surroundings import Neighbourhood, Surroundings
from pubhub.pages.views import Download, ItemView, Link, ListView, PageView, RedirectView, Station, StationsView
from pubhub.pictures import clean_copy
from pubhub.sections.bodies import Bodies, used_pictures
from pubhub.sections.home import home_view
from pubhub.sections.listings import audience_listing, section_listing, years_of

Downloads = Callable[[Issue], tuple[Download, ...]]


class SectionPages:
    """Everything that hangs on the sections of one catalog."""

    def __init__(self, catalog: Catalog, downloads: Downloads) -> None:
        self._catalog = catalog
        self._downloads = downloads
        self._bodies = Bodies(catalog)
        self._neighbourhood = Neighbourhood(catalog)

    def outputs(self) -> Iterator[Output]:
        """All planned outputs."""
        yield Page("index.html", "home.html", "home", self._home)
        yield Page("404.html", "404.html", "missing", self._missing, listed=False)
        for entry in self._catalog.entries:
            item = entry.item
            make = partial(self._item, item)
            yield Page(item.url, f"kinds/{item.kind}.html", "item", make, listed=not entry.withdrawn)
            for alias in item.aliases:
                yield Page(alias, "redirect.html", "redirect", partial(self._redirect, item, alias), listed=False)
        yield from self._sections()
        for term in self._catalog.vocabulary.audiences:
            yield from list_outputs(self._catalog, audience_listing(term), self._catalog.for_audience(term.id), "")
        if self._catalog.vocabulary.stations:
            yield Page("stations.html", "stations.html", "stations", self._stations)
        yield from self._pictures()

    def _sections(self) -> Iterator[Output]:
        for info in self._catalog.vocabulary.sections:
            if info.staff and self._catalog.edition != "staff":
                continue
            items = self._catalog.in_section(info.id)
            yield from list_outputs(self._catalog, section_listing(info, items, self._catalog), items, info.id)
            for year in years_of(items):
                part = [item for item in items if item.date.year == year]
                listing = section_listing(info, items, self._catalog, year)
                yield from list_outputs(
                    self._catalog, listing, part, info.id, (HOME, section_link(self._catalog, info.id))
                )

    def _pictures(self) -> Iterator[File]:
        """The same picture beside two items is published once."""
        files = {}
        for entry in self._catalog.entries:
            for name, picture in used_pictures(entry).items():
                files[picture.address(name)] = partial(clean_copy, picture)
        return (File(url, make) for url, make in sorted(files.items()))

    def _item(self, item: Item) -> tuple[object, PageView]:
        around = self._neighbourhood.around(item)
        return self._view(item, around), item_page(self._catalog, item, around)

    def _view(self, item: Item, around: Surroundings) -> ItemView:
        downloads = self._downloads(item) if isinstance(item, Issue) else ()
        return item_view(self._catalog, item, self._bodies.render(item), around, downloads)

    def _home(self) -> tuple[object, PageView]:
        issue = self._catalog.current_issue()
        view = self._view(issue, self._neighbourhood.around(issue)) if issue else None
        words = self._catalog.vocabulary.site
        return home_view(self._catalog, view), page_view(self._catalog, "index.html", "", words.description, ())

    def _missing(self) -> tuple[object, PageView]:
        page = page_view(self._catalog, "404.html", "找不到这个页面", "这个网址没有内容。", noindex=True)
        return None, page

    def _redirect(self, item: Item, alias: str) -> tuple[object, PageView]:
        page = page_view(self._catalog, alias, item.title, item.summary, noindex=True)
        return RedirectView(item.url, item.title), page

    def _stations(self) -> tuple[object, PageView]:
        groups: dict[str, list[Station]] = {}
        for station in self._catalog.vocabulary.stations:
            groups.setdefault(station.district, []).append(_station(station))
        view = StationsView(tuple((name, tuple(found)) for name, found in groups.items()))
        page = page_view(
            self._catalog, "stations.html", "服务站点", "工行驿站、安全空间和示范基地。", section="stations"
        )
        return view, page


def list_outputs(
    catalog: Catalog, listing: Listing, items: Sequence[Item], section: str, crumbs: tuple[Link, ...] = (HOME,)
) -> Iterator[Page]:
    """The pages of one list."""
    for view in list_pages(catalog, listing, items):
        yield Page(view.url, "list.html", "list", partial(_list_page, catalog, view, section, crumbs))


def _list_page(catalog: Catalog, view: ListView, section: str, crumbs: tuple[Link, ...]) -> tuple[object, PageView]:
    number = view.pager.number
    title = view.title if number == 1 else f"{view.title}（第 {number} 页）"
    page = page_view(
        catalog,
        view.url,
        title,
        view.intro or view.title,
        crumbs,
        section=section,
        previous=view.pager.previous,
        next_=view.pager.next,
    )
    return view, page


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
