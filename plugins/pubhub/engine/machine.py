"""Files for machines that every site has: site map, robots, server headers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from pubhub.content.catalog import Catalog
from pubhub.content.model import Item
from pubhub.engine.plan import File, Plan
from pubhub.pages.digests import digest_of
from pubhub.safety.csp import headers_file, nginx_snippet
from pubhub.urls import absolute


def machine_files(plan: Plan, catalog: Catalog, csp: str) -> Iterator[File]:
    """To be added last: the site map names the pages that are in the plan."""
    site_url = catalog.vocabulary.site.url
    changed = {entry.item.url: _changed(entry.item) for entry in catalog.entries}
    if catalog.edition == "public":
        urls = [page.url for page in plan.pages() if page.listed]
        key = digest_of([site_url, *urls, *(f"{url} {day}" for url, day in changed.items())])
        yield File("sitemap.xml", partial(_sitemap, site_url, urls, changed), key)
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {absolute(site_url, 'sitemap.xml')}\n"
    else:
        robots = "User-agent: *\nDisallow: /\n"
    yield File("robots.txt", _constant(robots))
    yield File("_headers", _constant(headers_file(csp)))
    yield File("_nginx.conf", _constant(nginx_snippet(csp)))


def _constant(text: str) -> Callable[[], bytes]:
    return lambda: text.encode("utf-8")


def _changed(item: Item) -> dt.date:
    """The day of the last change that readers should know of."""
    if not item.changes:
        return item.date
    return max([item.date, *(c.date for c in item.changes if c.level != "minor")])


def _sitemap(site_url: str, urls: list[str], changed: dict[str, dt.date]) -> bytes:
    rows = []
    for url in urls:
        day = f"<lastmod>{changed[url]}</lastmod>" if url in changed else ""
        rows.append(f"<url><loc>{escape(absolute(site_url, url), quote=False)}</loc>{day}</url>\n")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "".join(rows) + "</urlset>\n").encode("utf-8")
