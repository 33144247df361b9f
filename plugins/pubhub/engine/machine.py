"""Files for machines that every site has: site map, robots, server headers, redirects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape

from pubhub.content.catalog import Catalog
from pubhub.engine.plan import File, Plan
from pubhub.pages.digests import digest_of
from pubhub.pages.moments import has_changed, updated
from pubhub.safety.csp import headers_file, nginx_snippet
from pubhub.urls import absolute, root_of

MOST = 50_000
"""Addresses that one site map may name."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def machine_files(plan: Plan, catalog: Catalog, csp: str) -> Iterator[File]:
    """To be added last: the site map names the pages that are in the plan."""
    site_url = catalog.vocabulary.site.url
    if catalog.edition == "public":
        changed = {
            item.url: updated(catalog, item).date() if has_changed(item) else item.date
            for item in (entry.item for entry in catalog.entries)
        }
        urls = [page.url for page in plan.pages() if page.listed]
        yield from site_maps(site_url, urls, changed)
        robots = f"User-agent: *\nAllow: /\n\nSitemap: {absolute(site_url, 'sitemap.xml')}\n"
    else:
        robots = "User-agent: *\nDisallow: /\n"
    moved = sorted((alias, entry.item.url) for entry in catalog.entries for alias in entry.item.aliases)
    root = root_of(site_url)
    yield File("robots.txt", _constant(robots))
    shared = catalog.edition == "public"
    yield File("_headers", _constant(headers_file(csp, root, shared)))
    yield File("_redirects", _constant(redirects_file(moved, root)))
    yield File("_nginx.conf", _constant(nginx_snippet(csp, root, shared, moved)))


def redirects_file(moved: Sequence[tuple[str, str]], root: str) -> str:
    """`_redirects`, as static hosts read it; where none does, the pages left behind at the old addresses lead on."""
    return "".join(f"{root}{old} {root}{new} 301\n" for old, new in moved)


def site_maps(site_url: str, urls: Sequence[str], changed: Mapping[str, dt.date], most: int = MOST) -> Iterator[File]:
    """One site map, or an index of several where one would be too long."""
    rows = [(url, f"{changed[url]}" if url in changed else "") for url in urls]
    parts = [rows[n : n + most] for n in range(0, len(rows), most)] or [[]]
    if len(parts) == 1:
        yield File("sitemap.xml", partial(_sitemap, site_url, rows), digest_of((site_url, repr(rows))))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield File(name, partial(_sitemap, site_url, part), digest_of((site_url, repr(part))))
    last = [max(day for _, day in part) for part in parts]
    index = partial(_index, site_url, list(zip(names, last, strict=True)))
    yield File("sitemap.xml", index, digest_of((site_url, repr((names, last)))))


def _constant(text: str) -> Callable[[], bytes]:
    return lambda: text.encode("utf-8")


def _sitemap(site_url: str, rows: Sequence[tuple[str, str]]) -> bytes:
    body = "".join(f"<url>{_place(site_url, url, day)}</url>\n" for url, day in rows)
    return f"{_HEAD}<urlset {_SPACE}>\n{body}</urlset>\n".encode()


def _index(site_url: str, rows: Sequence[tuple[str, str]]) -> bytes:
    body = "".join(f"<sitemap>{_place(site_url, url, day)}</sitemap>\n" for url, day in rows)
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{body}</sitemapindex>\n".encode()


def _place(site_url: str, url: str, day: str) -> str:
    return f"<loc>{escape(absolute(site_url, url), quote=False)}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "")
