"""Lines of lists: takes items of a catalog, gives cards and links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pubhub.clock import chinese_date, month_day, quarter_name
from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Article, Campaign, Case, Course, Entry, Event, Issue, Item, Lesson, News
from pubhub.content.vocabulary import Term
from pubhub.pages.views import Card, Link, Severity
from pubhub.pictures import Shown, shown

STATES = {
    "current": "有效",
    "expired": "已过期",
    "superseded": "已有新版",
    "withdrawn": "已撤回",
    "upcoming": "即将开始",
    "running": "进行中",
    "past": "已结束",
    "overdue": "已逾期",
}


def card(catalog: Catalog, item: Item) -> Card:
    """One item as a line of a list."""
    known: Card | None = catalog.memo.get(item.id)
    if known is None:
        known = catalog.memo[item.id] = _card(catalog, item)
    return known


def _card(catalog: Catalog, item: Item) -> Card:
    state = state_of(catalog, item)
    alert = item if isinstance(item, Alert) else None
    # What was taken back is not said again, in no list either.
    taken_back = withdrawal(catalog, item) if state == "withdrawn" else ""
    return Card(
        id=item.id,
        kind=item.kind,
        kind_name=model.SCOPES[item.scope] if isinstance(item, News) else item.name,
        url=item.url,
        title=item.title,
        summary=taken_back or item.summary,
        plain=taken_back or (item.plain[0] if item.plain else item.summary),
        date=item.date,
        date_text=chinese_date(item.date),
        state=state,
        state_name=STATES.get(state, model.REGISTER_STATES.get(state, "")),
        severity=Severity(alert.severity, model.SEVERITIES[alert.severity]) if alert else None,
        expires=alert.expires if alert else _last_day(item),
        sample=item.sample,
        staff=item.visibility == "staff",
        note=_note(item),
        cover=cover(catalog, item, "card"),
    )


def cover(catalog: Catalog, item: Item, place: str) -> Shown | None:
    """The cover of an item in a place of the design, if it has one and was not taken back."""
    entry = catalog.entry(item.id)
    picture = entry.pictures.get(item.cover)
    if picture is None or entry.withdrawn:
        return None
    note = next((note for note in item.pictures if note.file == item.cover), None)
    return shown(picture, item.cover, place, note.credit_line if note else "")


def cards(catalog: Catalog, items: Iterable[Item]) -> tuple[Card, ...]:
    """Cards in the order given."""
    return tuple(card(catalog, item) for item in items)


def state_of(catalog: Catalog, item: Item) -> str:
    """The state of an item on the catalog's day, or nothing where no state applies."""
    if catalog.is_withdrawn(item):
        return "withdrawn"
    if item.superseded_by and catalog.get(item.superseded_by):
        return "superseded"
    if isinstance(item, Alert):
        return catalog.alert_state(item)
    if isinstance(item, (Event, Campaign)):
        if catalog.today < item.starts:
            return "upcoming"
        return "running" if catalog.today <= (item.ends or item.starts) else "past"
    if isinstance(item, Entry):
        late = item.state in {"open", "doing"} and item.due < catalog.today
        return "overdue" if late else item.state
    return ""


def withdrawal(catalog: Catalog, item: Item) -> str:
    """When and why an item was taken back, in one line; nothing for one that stands."""
    why = item.withdrawn
    if why is None:
        return ""
    # The note was signed by nobody: a withdrawal needs no approval. So the public reads our sentence only.
    note = why.note if catalog.edition == "staff" else ""
    return f"{chinese_date(why.at)}撤回，原因：{model.WITHDRAWN_REASONS[why.reason]}。{note}"


def period(starts: dt.date, ends: dt.date | None) -> str:
    """2026年12月4日, or 2026年3月9日—15日."""
    if ends is None or ends == starts:
        return chinese_date(starts)
    if (ends.year, ends.month) == (starts.year, starts.month):
        return f"{chinese_date(starts)}—{ends.day}日"
    return f"{chinese_date(starts)}—{month_day(ends) if ends.year == starts.year else chinese_date(ends)}"


def topic_links(catalog: Catalog, terms: Iterable[Term], here: str = "") -> tuple[Link, ...]:
    """Topics with counts, samples left out."""
    return tuple(
        Link(term.name, f"topics/{term.id}.html", counted(catalog.with_topic(term.id)), term.intro, term.id == here)
        for term in terms
    )


def counted(items: Iterable[Item]) -> int:
    """How many items a total may name: samples are left out."""
    return len([1 for item in items if not item.sample])


def _last_day(item: Item) -> dt.date | None:
    if isinstance(item, Event):
        return item.ends or item.starts
    return item.ends if isinstance(item, Campaign) else None


def _note(item: Item) -> str:
    if isinstance(item, Lesson):
        return f"{item.minutes}分钟" + (f" · {len(item.quiz)}题" if item.quiz else "")
    if isinstance(item, Event):
        return f"{model.FORMATS[item.format]} · {period(item.starts, item.ends)}"
    if isinstance(item, Issue):
        return quarter_name(item.quarter)
    if isinstance(item, Campaign):
        return period(item.starts, item.ends)
    if isinstance(item, Course):
        return model.COURSE_LEVELS[item.level]
    if isinstance(item, Entry):
        return f"{model.REGISTERS[item.register]} · {item.owner}"
    if isinstance(item, Case):
        return "综合改写" if item.basis == "composite" else "真实案例"
    if isinstance(item, Article) and item.medium != "text":
        return model.MEDIA[item.medium]
    return ""
