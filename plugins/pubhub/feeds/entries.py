"""What a feed says, whatever its format: takes items of a catalog, gives entries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import escape

from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Item
from pubhub.feeds.keys import Keys
from pubhub.feeds.naming import Names
from pubhub.feeds.texts import Texts
from pubhub.pages.items import life
from pubhub.pages.moments import moments

MARKS = {"withdrawn": "【已撤回】", "superseded": "【已有新版】"}


@dataclass(frozen=True)
class Entry:
    """One item in a feed."""

    id: str
    """A `tag:` URI."""
    url: str
    title: str
    summary: str
    html: str
    """The whole text, or empty: withdrawn, or a feed of summaries."""
    published: dt.datetime
    updated: dt.datetime
    kind: tuple[str, str]
    """alert, 风险提示."""
    topics: tuple[tuple[str, str], ...]
    """Ids and names."""
    state: str = ""
    """withdrawn, superseded or empty: what does not change by the mere passing of days."""
    sample: bool = False
    cap: str = ""
    """Full address of the alert as a CAP message."""


@dataclass(frozen=True)
class Feed:
    """A feed without its entries."""

    title: str
    subtitle: str
    home: str
    """Full address of the page that shows the same list."""
    folder: str
    """Site-relative, "" or ending in a slash."""
    language: str
    author: str
    author_url: str
    rights: str
    following: int = 0
    """Number of the next page, or 0."""
    number: int = 1


class Entries:
    """Entries of one site, each made once."""

    def __init__(self, catalog: Catalog, names: Names, texts: Texts, keys: Keys) -> None:
        self._catalog, self._names, self._texts, self._facts = catalog, names, texts, keys
        self._topics = {topic.id: topic.name for topic in catalog.vocabulary.topics}
        self._full = catalog.vocabulary.feeds.content == "full"
        self._keys: dict[str, str] = {}
        self._made: dict[str, Entry] = {}

    def key(self, item: Item) -> str:
        """Of all that the entry depends on that may differ between builds of the same code and vocabulary."""
        found = self._keys.get(item.id)
        if found is None:
            found = self._facts.facts(item) + (self._texts.key(item) if self._full else "")
            self._keys[item.id] = found
        return found

    def entry(self, item: Item) -> Entry:
        """The entry of an item."""
        found = self._made.get(item.id)
        if found is None:
            found = self._made[item.id] = self._make(item)
        return found

    def _successor(self, item: Item) -> Item | None:
        return self._catalog.get(item.superseded_by) if item.superseded_by else None

    def _make(self, item: Item) -> Entry:
        withdrawn, successor = self._catalog.is_withdrawn(item), self._successor(item)
        state = "withdrawn" if withdrawn else "superseded" if successor else ""
        told = moments(self._catalog, item)
        notice = life(self._catalog, item, successor)
        html = "" if withdrawn or not self._full else self._texts.html(item)
        if html and successor:
            address = escape(self._names.page(successor.url))
            html = (
                f'<p><strong>这一篇已由新版代替：</strong><a href="{address}">{escape(successor.title)}</a></p>' + html
            )
        return Entry(
            id=self._names.tag(item),
            url=self._names.page(item.url),
            title=("【示例】" if item.sample else "") + MARKS.get(state, "") + item.title,
            # What was taken back keeps its place and loses its words.
            summary=notice.text if withdrawn and notice else item.summary,
            html=html,
            published=told[0],
            updated=told[-1],
            kind=(item.kind, item.name),
            topics=tuple((id_, self._topics[id_]) for id_ in item.topics if id_ in self._topics),
            state=state,
            sample=item.sample,
            cap=self._names.page(cap_url(item.url)) if isinstance(item, Alert) else "",
        )


def cap_url(page: str) -> str:
    """Where the CAP message of an alert stands, from the address of its page."""
    return page.removesuffix(".html") + ".cap.xml"
