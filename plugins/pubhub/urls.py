"""Addresses: flat, ASCII, relative, so that the site also opens from a folder."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
OWN_PAGES = frozenset({"topics", "stations", "audience", "404", "search", "follow"})
"""Addresses at the root that the site itself fills; a plain page may not take them."""
SEARCH_PAGE = "search.html"
"""Takes a question as ?q=."""
_LIST_PAGE = re.compile(r"page-\d+")
# Names that Windows cannot have as a file, and names of our own index pages.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "assets"]
    + [f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)]
)


def is_slug(text: str) -> bool:
    """True for lower-case ASCII words joined by hyphens, at most 60 characters, no name of our own index pages."""
    reserved = text in RESERVED or _LIST_PAGE.fullmatch(text) is not None
    return len(text) <= 60 and SLUG.fullmatch(text) is not None and not reserved


def relative(target: str, page: str) -> str:
    """Link from `page` to `target`, both site-relative file addresses ("alerts/2026/a.html"); keeps a #fragment."""
    path, hash_, fragment = target.partition("#")
    return (_path(path, page.rpartition("/")[0]) if path else "") + hash_ + fragment


@lru_cache(1 << 16)
def _path(target: str, folder: str) -> str:
    here = folder.split("/") if folder else []
    there = target.split("/")
    common = 0
    for one, other in zip(here, there[:-1], strict=False):
        if one != other:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def base(page: str) -> str:
    """Prefix from `page` to the site's root: "" or "../" for each folder."""
    return "../" * page.count("/")


def absolute(site_url: str, path: str) -> str:
    """Full address of a page; `index.html` is left off."""
    return site_url.rstrip("/") + "/" + re.sub(r"(^|/)index\.html$", r"\1", path)


def root_of(site_url: str) -> str:
    """Path of the site on its host, with both slashes: "/" or "/hub/"."""
    return urlsplit(site_url).path.rstrip("/") + "/"


def numbered(index: str, number: int) -> str:
    """Address of page `number` of a list whose first page is `index`: topics/loan.html → topics/loan/page-2.html."""
    if number == 1:
        return index
    folder = (
        index.removesuffix("index.html").rstrip("/") if index.endswith("index.html") else index.removesuffix(".html")
    )
    return f"{folder}/page-{number}.html".lstrip("/")
