"""JSON Feed 1.1: takes a feed and its entries, gives bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pubhub.feeds.atom import file_name
from pubhub.feeds.entries import Entry, Feed
from pubhub.feeds.jsons import dumped
from pubhub.feeds.naming import Names

NAME, TYPE = "feed.json", "application/feed+json"


def json_feed(feed: Feed, entries: Sequence[Entry], names: Names) -> bytes:
    """A JSON Feed document."""
    authors = [{"name": feed.author, "url": feed.author_url}]
    found: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": names.page(feed.folder + file_name(NAME, feed.number)),
        "description": feed.subtitle or feed.title,
        "language": feed.language,
        "authors": authors,
    }
    if feed.following:
        found["next_url"] = names.page(feed.folder + file_name(NAME, feed.following))
    # Underscored keys are extensions, which readers pass over.
    found["_hub"] = {"rights": feed.rights}
    found["items"] = [_item(entry) for entry in entries]
    return dumped(found)


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {"id": entry.id, "url": entry.url, "title": entry.title, "summary": entry.summary}
    # One of the two must be there.
    item["content_html" if entry.html else "content_text"] = entry.html or entry.summary
    item["date_published"] = entry.published.isoformat()
    item["date_modified"] = entry.updated.isoformat()
    item["tags"] = [entry.kind[1], *(name for _, name in entry.topics)]
    extension: dict[str, Any] = {"kind": entry.kind[0], "topics": [id_ for id_, _ in entry.topics]}
    if entry.state:
        extension["state"] = entry.state
    if entry.sample:
        extension["sample"] = True
    if entry.cap:
        extension["cap"] = entry.cap
    item["_hub"] = extension
    return item
