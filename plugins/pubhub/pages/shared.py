"""What every page may read, and the page records themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pubhub.content.catalog import Catalog
from pubhub.content.model import BY_SECTION, Item
from pubhub.pages.items import life
from pubhub.pages.moments import moments
from pubhub.pages.structured import Node, breadcrumbs, item_nodes, script_text
from pubhub.pages.surroundings import Surroundings
from pubhub.pages.views import Hotline, Link, PageView, SiteView
from pubhub.urls import absolute

HELP = "pages/help/index.md"
HOME = Link("首页", "index.html")


def site_view(catalog: Catalog) -> SiteView:
    """The organisation, the menu and the hotlines of this edition."""
    vocabulary = catalog.vocabulary
    words = vocabulary.site
    plain = catalog.in_section("pages")
    help_page = next((p for p in plain if p.origin.uri == HELP), None)
    return SiteView(
        name=words.name,
        title=words.title,
        organisation=words.organisation,
        team=words.team,
        description=words.description,
        licence=words.licence,
        edition=catalog.edition,
        menu=tuple(
            # No counts here: the menu stands on every page, and one new item would change them all.
            Link(s.title, f"{s.id}/index.html", intro=s.intro)
            for s in vocabulary.sections
            if s.id in BY_SECTION and (catalog.edition == "staff" or not s.staff)
        ),
        audiences=tuple(Link(a.name, f"audience/{a.id}.html", intro=a.intro) for a in vocabulary.audiences),
        hotlines=tuple(Hotline(h.number, h.name, h.use, h.emergency, h.sms) for h in vocabulary.facts.hotlines),
        # Without its help page a site still has the numbers to call, on the home page.
        help_url=help_page.url if help_page else "index.html#hotlines",
        pages=tuple(Link(p.title, p.url) for p in sorted(plain, key=lambda p: p.id) if p is not help_page),
        stations_url="stations.html" if vocabulary.stations else "",
    )


def page_view(
    catalog: Catalog,
    url: str,
    title: str,
    description: str,
    crumbs: Iterable[Link] = (HOME,),
    section: str = "",
    previous: str = "",
    next_: str = "",
    noindex: bool = False,
    feed: Link | None = None,
    nodes: Sequence[Node] = (),
) -> PageView:
    """A page record with its full address. `nodes`: what the page says of itself to search engines, beside the way to it."""
    crumbs = tuple(crumbs)
    staff = catalog.edition == "staff"
    told = crumbs and not staff and (nodes or not noindex)
    return PageView(
        url=url,
        title=title,
        description=description,
        canonical=absolute(catalog.vocabulary.site.url, url),
        crumbs=crumbs,
        section=section,
        previous=previous,
        next=next_,
        noindex=noindex or staff,
        feed=feed,
        structured=script_text([*nodes, breadcrumbs(catalog, crumbs, title, url)] if told else []),
    )


def feed_link(folder: str, title: str) -> Link:
    """The Atom feed of a section ("alerts/") or a topic ("topics/loan/")."""
    return Link(f"{title}的更新", f"{folder}atom.xml")


def section_feed(catalog: Catalog, section: str) -> Link | None:
    """The feed of a section, if this edition has one."""
    words = next((s for s in catalog.vocabulary.sections if s.id == section), None)
    if words is None or (words.staff and catalog.edition != "staff"):
        return None
    return feed_link(f"{section}/", words.title)


def section_link(catalog: Catalog, section: str) -> Link:
    """A section by its title."""
    title = next((s.title for s in catalog.vocabulary.sections if s.id == section), BY_SECTION[section].name)
    return Link(title, f"{section}/index.html")


def item_page(catalog: Catalog, item: Item, around: Surroundings, html: str = "") -> PageView:
    """The page record of an item. `html`: its body, in which questions and answers are looked for."""
    plain = item.section == "pages"
    crumbs = (HOME,) if plain else (HOME, section_link(catalog, item.section))
    # What was taken back should leave search engines too.
    withdrawn = catalog.is_withdrawn(item)
    notice = life(catalog, item, None) if withdrawn else None
    page = page_view(
        catalog,
        item.url,
        item.title,
        notice.text if notice else item.summary,
        crumbs,
        section=item.origin.slug if plain else item.section,
        previous=around.older.url if around.older else "",
        next_=around.newer.url if around.newer else "",
        noindex=withdrawn,
        feed=section_feed(catalog, item.section),
        nodes=item_nodes(catalog, item, html) if catalog.edition == "public" else (),
    )
    if plain:
        return page
    told = moments(catalog, item)
    return replace(page, published=told[0].isoformat(), modified=told[-1].isoformat(), subject=crumbs[-1].title)
