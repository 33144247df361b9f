"""The page of search results: takes the desk, gives a planned page. The browser fills it (theme/assets/search/results.js)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pubhub.content.catalog import Catalog
from pubhub.engine.desk import Desk
from pubhub.engine.plan import Page
from pubhub.pages.digests import digest_of
from pubhub.pages.shared import page_view
from pubhub.pages.views import Link, PageView, SearchView
from pubhub.urls import SEARCH_PAGE


def search_pages(desk: Desk) -> Iterator[Page]:
    """What can be searched, with examples and topics for those who have no script or no words yet."""
    catalog = desk.catalog
    key = partial(digest_of, (SEARCH_PAGE, *catalog.vocabulary.finding.examples))
    yield Page(SEARCH_PAGE, "search.html", "search", partial(_view, catalog), key, listed=False)


def _view(catalog: Catalog) -> tuple[object, PageView]:
    words = catalog.vocabulary
    # No counts: they would be those of the day of the build, beside those that the browser counts.
    topics = tuple(Link(term.name, f"topics/{term.id}.html") for term in words.topics)
    description = f"在{words.site.name}里查找风险提示、典型案例和金融知识。"
    return SearchView(words.finding.examples, topics), page_view(
        catalog, SEARCH_PAGE, "搜索", description, noindex=True
    )
