"""All topics, and each one with its own list: takes a catalog, gives planned pages."""

from __future__ import annotations

from collections.abc import Iterator

from pubhub.content.catalog import Catalog
from pubhub.content.vocabulary import Term
from pubhub.engine.desk import Desk
from pubhub.engine.plan import Page
from pubhub.pages.cards import topic_links
from pubhub.pages.lists import Listing
from pubhub.pages.shared import HOME, page_view
from pubhub.pages.views import Link, PageView, TopicsView
from pubhub.sections.plan import list_outputs

INDEX = Link("话题", "topics/index.html")


def topic_pages(desk: Desk) -> Iterator[Page]:
    """The index of topics and the paginated page of each."""
    catalog = desk.catalog

    def index() -> tuple[object, PageView]:
        view = TopicsView(topic_links(catalog, catalog.vocabulary.topics))
        return view, page_view(catalog, INDEX.url, "全部话题", "按话题查找风险提示、案例和金融知识。", section="topics")

    yield Page(INDEX.url, "topics.html", "topics", index)
    for term in catalog.vocabulary.topics:
        yield from list_outputs(desk, _listing(catalog, term), catalog.with_topic(term.id), "topics", (HOME, INDEX))


def _listing(catalog: Catalog, term: Term) -> Listing:
    near = [t for t in catalog.vocabulary.topics if t.id in term.related or term.id in t.related]
    return Listing(
        kind="topic",
        title=term.name,
        intro=term.intro,
        url=f"topics/{term.id}.html",
        empty=f"“{term.name}”还没有内容。可以先看看下面的相关话题。",
        # No counts: a new item would change every page of every related topic.
        related=tuple(Link(t.name, f"topics/{t.id}.html") for t in near),
    )
