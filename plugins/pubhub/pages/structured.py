"""Schema.org data for search engines: takes pages and items, gives JSON that can stand inside a script element.

Only what is true of a page: examples are said to be nothing, a quiz is a quiz and no FAQ.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from markupsafe import Markup

from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Event, Item, Lesson, News
from pubhub.pages.moments import moments
from pubhub.pages.views import Link
from pubhub.urls import SEARCH_PAGE, absolute

# A script element ends at "</script" wherever it stands; these cannot occur in it any more.
_UNSAFE = re.compile("[<>&\u2028\u2029]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_HEADING = re.compile(r"<h2\b[^>]*>(.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")

Node = dict[str, Any]


def script_text(nodes: Sequence[Node]) -> Markup:
    """The nodes as one JSON-LD document; empty without any."""
    if not nodes:
        return Markup()
    whole: Node = {"@context": "https://schema.org"}
    whole |= nodes[0] if len(nodes) == 1 else {"@graph": list(nodes)}
    return Markup(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", _ENCODER.encode(whole)))


def breadcrumbs(catalog: Catalog, crumbs: Iterable[Link], title: str, url: str) -> Node:
    """The way from the home page to this one."""
    site = catalog.vocabulary.site.url
    steps = [*((link.title, link.url) for link in crumbs), (title, url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": absolute(site, target)}
            for n, (name, target) in enumerate(steps, 1)
        ],
    }


def site_nodes(catalog: Catalog) -> list[Node]:
    """Of the home page."""
    words = catalog.vocabulary.site
    whole = {"@type": "WebSite", "name": words.name, "alternateName": words.title, "url": words.url}
    search: Node = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": absolute(words.url, SEARCH_PAGE) + "?q={search_term_string}"},
        "query-input": "required name=search_term_string",
    }
    return [{**whole, "inLanguage": "zh-CN", "publisher": _organisation(catalog), "potentialAction": search}]


def item_nodes(catalog: Catalog, item: Item, html: str = "") -> list[Node]:
    """Of an item's page; nothing for an example, and of what was withdrawn only that an event is off."""
    if item.sample:
        return []
    if isinstance(item, Event):
        return [_event(catalog, item)]
    if catalog.is_withdrawn(item):
        return []
    if item.section == "pages":
        return _faq(html)
    return [_article(catalog, item)]


def _organisation(catalog: Catalog) -> Node:
    words = catalog.vocabulary.site
    return {"@type": "Organization", "name": words.organisation, "url": words.url}


def _article(catalog: Catalog, item: Item) -> Node:
    told = moments(catalog, item)
    page = absolute(catalog.vocabulary.site.url, item.url)
    kind: str | list[str] = "NewsArticle" if isinstance(item, (News, Alert)) else "Article"
    more: Node = {}
    if isinstance(item, Alert):
        more["expires"] = item.expires.isoformat()
    if isinstance(item, Lesson):
        kind = ["Article", "LearningResource"]
        more["timeRequired"] = f"PT{item.minutes}M"
        if item.quiz:
            more["hasPart"] = {"@type": "Quiz", "name": f"小测验：{item.title}", "url": f"{page}#quiz"}
    return {
        "@type": kind,
        "headline": item.title,
        "datePublished": told[0].isoformat(),
        "dateModified": told[-1].isoformat(),
        "inLanguage": "zh-CN",
        "mainEntityOfPage": page,
        "author": {"@type": "Organization", "name": catalog.vocabulary.site.team},
        "publisher": _organisation(catalog),
        **more,
    }


def _event(catalog: Catalog, item: Event) -> Node:
    page = absolute(catalog.vocabulary.site.url, item.url)
    online = item.format == "online"
    off = catalog.is_withdrawn(item)
    return {
        "@type": "Event",
        "name": item.title,
        "startDate": item.starts.isoformat(),
        "endDate": (item.ends or item.starts).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if off else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{'Online' if online else 'Offline'}EventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": page}
        if online
        else {"@type": "Place", "name": item.place, "address": item.place},
        "organizer": _organisation(catalog),
        "url": page,
    }


def _faq(html: str) -> list[Node]:
    """A page is questions and answers if all its headings ask, and there are at least two."""
    pieces = _HEADING.split(html)
    questions = [(_words(pieces[n]), _words(pieces[n + 1])) for n in range(1, len(pieces) - 1, 2)]
    if len(questions) < 2 or not all(question.endswith(("？", "?")) and answer for question, answer in questions):
        return []
    entities = [
        {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for question, answer in questions
    ]
    return [{"@type": "FAQPage", "mainEntity": entities}]


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
