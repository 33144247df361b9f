"""RSS 2.0: takes a feed and its entries, gives bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.utils import format_datetime

from pubhub.feeds.atom import NAMESPACE, file_name, last_update
from pubhub.feeds.entries import Entry, Feed
from pubhub.feeds.naming import Names
from pubhub.feeds.xml import DECLARATION, element, raw_element

NAME, TYPE = "rss.xml", "application/rss+xml"


def rss(feed: Feed, entries: Sequence[Entry], names: Names) -> bytes:
    """An RSS document; what RSS has no word for (the last update, the author's name) is said in the words of Atom and Dublin Core."""
    here = names.page(feed.folder + file_name(NAME, feed.number))
    following = names.page(feed.folder + file_name(NAME, feed.following)) if feed.following else ""
    head = [
        element("title", feed.title),
        element("link", feed.home),
        element("description", feed.subtitle or feed.title),
        element("language", feed.language),
        element("copyright", feed.rights),
        element("lastBuildDate", _day(last_update(entries))),
        element("atom:link", rel="self", type=TYPE, href=here),
        element("atom:link", rel="next", type=TYPE, href=following) if following else "",
    ]
    channel = raw_element("channel", "\n" + "".join(head) + "".join(_item(entry, feed.author) for entry in entries))
    whole = raw_element(
        "rss",
        "\n" + channel,
        version="2.0",
        xmlns_atom=NAMESPACE,
        xmlns_content="http://purl.org/rss/1.0/modules/content/",
        xmlns_dc="http://purl.org/dc/elements/1.1/",
    )
    return (DECLARATION + whole).encode("utf-8")


def _day(moment: dt.datetime) -> str:
    return format_datetime(moment)


def _item(entry: Entry, author: str) -> str:
    lines = [
        element("title", entry.title),
        element("link", entry.url),
        element("guid", entry.id, isPermaLink="false"),
        element("pubDate", _day(entry.published)),
        element("atom:updated", entry.updated.isoformat()),
        element("dc:creator", author),
        element("category", entry.kind[1], domain="urn:pubhub:kind"),
        *(element("category", name, domain="urn:pubhub:topic") for _, name in entry.topics),
        element("category", entry.state, domain="urn:pubhub:state") if entry.state else "",
        element("description", entry.summary),
        element("content:encoded", entry.html) if entry.html else "",
    ]
    return raw_element("item", "\n" + "".join(lines))
