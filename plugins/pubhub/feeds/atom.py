"""Atom (RFC 4287): takes a feed and its entries, gives bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pubhub.feeds.entries import Entry, Feed
from pubhub.feeds.naming import Names
from pubhub.feeds.xml import DECLARATION, element, raw_element

NAME, TYPE = "atom.xml", "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When an empty feed last changed."""


def file_name(name: str, number: int) -> str:
    """atom.xml, atom-2.xml, …"""
    stem, _, suffix = name.partition(".")
    return name if number == 1 else f"{stem}-{number}.{suffix}"


def last_update(entries: Sequence[Entry]) -> dt.datetime:
    """Of a feed; never the clock."""
    return max((entry.updated for entry in entries), default=NEVER)


def atom(feed: Feed, entries: Sequence[Entry], names: Names) -> bytes:
    """An Atom document."""
    here = names.page(feed.folder + file_name(NAME, feed.number))
    head = [
        element("title", feed.title),
        element("subtitle", feed.subtitle) if feed.subtitle else "",
        element("id", names.page(feed.folder + NAME)),
        element("link", rel="self", type=TYPE, href=here),
        element("link", rel="alternate", type="text/html", href=feed.home),
        _next(feed, names, NAME),
        element("updated", last_update(entries).isoformat()),
        _author(feed),
        element("rights", feed.rights),
    ]
    body = "".join(map(_entry, entries))
    inner = "\n" + "".join(head) + body
    return (DECLARATION + raw_element("feed", inner, xmlns=NAMESPACE, xml_lang=feed.language)).encode("utf-8")


def _next(feed: Feed, names: Names, name: str) -> str:
    if not feed.following:
        return ""
    return element("link", rel="next", type=TYPE, href=names.page(feed.folder + file_name(name, feed.following)))


def _author(feed: Feed) -> str:
    return raw_element("author", element("name", feed.author) + element("uri", feed.author_url))


def _entry(entry: Entry) -> str:
    lines = [
        element("title", entry.title),
        element("id", entry.id),
        element("link", rel="alternate", type="text/html", href=entry.url),
        element("link", rel="related", type="application/cap+xml", href=entry.cap) if entry.cap else "",
        element("published", entry.published.isoformat()),
        element("updated", entry.updated.isoformat()),
        element("category", term=entry.kind[0], label=entry.kind[1], scheme="urn:pubhub:kind"),
        *(element("category", term=id_, label=name, scheme="urn:pubhub:topic") for id_, name in entry.topics),
        element("category", term=entry.state, scheme="urn:pubhub:state") if entry.state else "",
        element("summary", entry.summary),
        element("content", entry.html, type="html") if entry.html else "",
    ]
    return raw_element("entry", "\n" + "".join(lines))
