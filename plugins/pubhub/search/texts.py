"""What of an item can be found and shown as a hit: takes an item of a catalog and its body, gives a sheet of plain texts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Campaign, Case, Course, Entry, Event, Item, Lesson, News, Star
from pubhub.content.vocabulary import Vocabulary
from pubhub.pages.cards import withdrawal

_BLOCK = re.compile(r"<(?:/?(?:p|div|li|h[2-6]|td|th|dd|dt|blockquote|pre|summary|figcaption|tr)|br|hr)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_SPACES = re.compile(r"[ \t\r\f\v\u3000]*\n\s*")
_HEADING = re.compile(r"<h[2-6][^>]*>(.*?)</h[2-6]>", re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    """An item for finding: what its hit shows, and its text."""

    id: str
    url: str
    title: str
    kind: str
    kind_name: str
    date: str
    """ISO."""
    starts: str
    ends: str
    """Last day on which it is current, ISO, or nothing."""
    state: str
    """withdrawn, superseded or nothing: the day decides the rest, in the browser."""
    topics: tuple[str, ...]
    flags: str
    """s: an example; i: of the staff edition only; c, h, m, n: how severe an alert is."""
    summary: str
    plain: tuple[str, ...]
    body: str


def sheet_of(catalog: Catalog, item: Item, body: str) -> Sheet:
    """The sheet of an item that this edition shows.

    Args:
        body: its rendered HTML. Of a withdrawn item neither that nor its summary is kept.
    """
    withdrawn = catalog.is_withdrawn(item)
    state = "withdrawn" if withdrawn else ""
    if not withdrawn and item.superseded_by and catalog.get(item.superseded_by):
        state = "superseded"
    starts, ends = _days(item)
    return Sheet(
        id=item.id,
        url=item.url,
        title=item.title,
        kind=item.kind,
        kind_name=model.SCOPES[item.scope] if isinstance(item, News) else item.name,
        date=item.date.isoformat(),
        starts=starts,
        ends=ends,
        state=state,
        topics=() if withdrawn else item.topics,
        flags=("s" if item.sample else "")
        + ("i" if item.visibility == "staff" else "")
        + (item.severity[0] if isinstance(item, Alert) else ""),
        summary=withdrawal(catalog, item) if withdrawn else item.summary,
        plain=() if withdrawn else item.plain,
        body="" if withdrawn else "\n".join((*_fields(item), plain_text(body), item.id)),
    )


def lead_of(sheet: Sheet, vocabulary: Vocabulary) -> str:
    """Summary, plain words and the names of topics: what counts for more than the body."""
    names = {term.id: term.name for term in vocabulary.topics}
    return "\n".join((sheet.summary, *sheet.plain, *(names[topic] for topic in sheet.topics)))


def plain_text(body: str) -> str:
    """The words of an HTML body, a line for each block."""
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", body)))
    return _SPACES.sub("\n", text).strip()


def headings(body: str) -> str:
    """The headings of an HTML body, a line for each."""
    return "\n".join(html.unescape(_TAG.sub("", found)) for found in _HEADING.findall(body))


def _days(item: Item) -> tuple[str, str]:
    if isinstance(item, Alert):
        return "", item.expires.isoformat()
    if isinstance(item, (Event, Campaign)):
        return item.starts.isoformat(), (item.ends or item.starts).isoformat()
    return "", ""


def _fields(item: Item) -> Iterator[str]:
    """What a page shows besides its body, by kind."""
    if isinstance(item, (Alert, Lesson)):
        yield from item.steps
    if isinstance(item, Case):
        yield item.method
        yield item.lesson
    if isinstance(item, (News, Star)):
        yield item.unit
    if isinstance(item, Star):
        yield item.person
    if isinstance(item, Event):
        yield f"{model.FORMATS[item.format]} {item.place}"
    if isinstance(item, Campaign):
        yield from (text for text in (item.theme, item.organiser) if text)
        yield from (entry.title for entry in item.entries)
    if isinstance(item, Entry):
        yield f"{model.REGISTERS[item.register]} {item.owner} {model.REGISTER_STATES[item.state]}"
        if item.outcome:
            yield item.outcome
    if isinstance(item, (Lesson, Course)):
        for question in item.quiz:
            yield question.question
            # Not the wrong answers: in an excerpt they would pass for advice.
            yield question.options[question.answer - 1]
            yield question.explain
