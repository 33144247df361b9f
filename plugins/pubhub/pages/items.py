"""One item page: takes an entry of the catalog and its rendered body, gives the view its template prints."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from pubhub.clock import chinese_date, quarter_name
from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import (
    Alert,
    Article,
    Campaign,
    Case,
    Course,
    Entry,
    Event,
    Issue,
    Item,
    Lesson,
    News,
    Star,
)
from pubhub.markup.render import Rendered
from pubhub.pages import views
from pubhub.pages.call import call_view
from pubhub.pages.cards import card, cards, cover, period, withdrawal
from pubhub.pages.surroundings import Surroundings
from pubhub.pages.views import (
    Card,
    Column,
    CoverPicture,
    Download,
    ItemView,
    Life,
    Link,
    Question,
    Review,
    Right,
    Source,
)

LONG = 4
"""Headings from which on a page gets a contents list."""


def item_view(
    catalog: Catalog,
    item: Item,
    rendered: Rendered,
    around: Surroundings,
    downloads: Iterable[Download] = (),
    printed_cover: CoverPicture | None = None,
    held: bool = False,
) -> ItemView:
    """The page of one item."""
    vocabulary = catalog.vocabulary
    entry = catalog.entry(item.id)
    withdrawn = entry.withdrawn
    people = {person.id: person for person in vocabulary.people}
    changes = tuple(
        views.Change(chinese_date(c.date), model.CHANGE_LEVELS[c.level], c.note)
        for c in sorted(item.changes, key=lambda c: c.date, reverse=True)
    )
    major = next((c for c in changes if c.level == model.CHANGE_LEVELS["major"]), None)
    printed = around.printed
    return ItemView(
        card=card(catalog, item),
        html=Markup("" if withdrawn else rendered.html),
        headings=() if withdrawn else _contents(rendered),
        plain=() if withdrawn else item.plain,
        facts=() if withdrawn else tuple(fact_rows(catalog, item)),
        steps=() if withdrawn else steps_of(item),
        steps_title="遇到了怎么办" if isinstance(item, Alert) else "照着做",
        quiz=() if withdrawn else questions_of(item),
        topics=tuple(Link(t.name, f"topics/{t.id}.html") for t in vocabulary.topics if t.id in item.topics),
        rights=tuple(Right(r.id, r.name, r.plain) for r in vocabulary.rights if r.id in item.rights),
        audience=tuple(Link(a.name, f"audience/{a.id}.html") for a in vocabulary.audiences if a.id in item.audience),
        authors=tuple(people[a].name for a in item.authors if a in people),
        reviews=tuple(
            Review(model.LINES[a.line], people[a.by].name, chinese_date(a.on), people[a.by].sample)
            for a in entry.approvals
        ),
        changes=changes,
        major=major,
        sources=() if withdrawn else tuple(Source(s.text, s.url) for s in item.sources),
        related=cards(catalog, around.related),
        materials=cards(catalog, around.materials),
        materials_title="课程内容" if isinstance(item, Course) else "现场资料",
        columns=tuple(Column(name, cards(catalog, items)) for name, items in around.columns),
        downloads=tuple(downloads),
        call=call_view(catalog, item) if isinstance(item, Campaign) and not withdrawn else None,
        issue=Link(f"{quarter_name(printed.quarter)}", printed.url) if printed else None,
        previous=card(catalog, around.older) if around.older else None,
        next=card(catalog, around.newer) if around.newer else None,
        life=life(catalog, item, around.successor),
        quarter=quarter_name(item.quarter) if isinstance(item, Issue) else "",
        lead=item.lead if isinstance(item, Issue) else "",
        calendar=calendar_url(item.url) if isinstance(item, (Event, Campaign)) and not withdrawn else "",
        cover=None if item.cover in rendered.pictures else cover(catalog, item, "cover"),
        cover_alt=item.cover_alt,
        printed_cover=printed_cover,
        held=held and not withdrawn,
    )


def calendar_url(page: str) -> str:
    """Where the calendar of one event stands, from the address of its page."""
    return page.removesuffix(".html") + ".ics"


def life(catalog: Catalog, item: Item, successor: Item | None) -> Life | None:
    """The banner of an item that is not simply current."""
    after: Card | None = card(catalog, successor) if successor else None
    if catalog.is_withdrawn(item):
        return Life("withdrawn", "已撤回", withdrawal(catalog, item), after)
    if after is not None:
        return Life("superseded", "已有新版", "这一篇已由新版代替，请看新版。", after)
    if isinstance(item, Alert) and item.expires < catalog.today:
        text = f"这条提示的有效期到 {chinese_date(item.expires)}。手法可能已经变化，做法仍可参考。"
        return Life("expired", "已过期", text)
    return None


def _contents(rendered: Rendered) -> tuple[views.Heading, ...]:
    if sum(h.level == 2 for h in rendered.headings) < LONG:
        return ()
    return tuple(views.Heading(h.id, h.title, h.level) for h in rendered.headings)


def steps_of(item: Item) -> tuple[str, ...]:
    """What to do, one step a sentence."""
    return item.steps if isinstance(item, (Alert, Lesson)) else ()


def questions_of(item: Item) -> tuple[Question, ...]:
    """The quiz, numbered from 1."""
    questions = item.quiz if isinstance(item, (Lesson, Course)) else ()
    return tuple(Question(n, q.question, q.options, q.answer, q.explain) for n, q in enumerate(questions, 1))


def fact_rows(catalog: Catalog, item: Item) -> list[tuple[str, str]]:
    """Rows of label and value particular to the kind, in reading order."""
    rows: list[tuple[str, str]] = []
    if isinstance(item, Case):
        rows = [("案例依据", model.BASES[item.basis]), ("手法", item.method), ("教训", item.lesson)]
    elif isinstance(item, Article):
        rows = [("形式", model.MEDIA[item.medium])] if item.medium != "text" else []
        rows += [("采用", "，".join(filter(None, (a.by, a.where)))) for a in item.adopted_by]
    elif isinstance(item, News):
        rows = [("单位", item.unit)]
    elif isinstance(item, Star):
        rows = [("同事", item.person), ("单位", item.unit)]
    elif isinstance(item, Event):
        rows = [("形式", model.FORMATS[item.format]), ("时间", period(item.starts, item.ends)), ("地点", item.place)]
        rows += [("参加", f"{item.reach}人次")] if item.reach and not item.sample else []
    elif isinstance(item, Course):
        rows = [("层级", model.COURSE_LEVELS[item.level])]
    elif isinstance(item, Campaign):
        rows = [("时间", period(item.starts, item.ends)), ("主题", item.theme), ("主办", item.organiser)]
    elif isinstance(item, Entry):
        rows = [
            ("台账", model.REGISTERS[item.register]),
            ("提出", chinese_date(item.raised)),
            ("责任部门", item.owner),
            ("期限", chinese_date(item.due)),
            ("进度", model.REGISTER_STATES[item.state]),
            ("结果", item.outcome),
        ]
    elif isinstance(item, Alert):
        rows = [("提示日期", chinese_date(item.issued or item.date)), ("有效期至", chinese_date(item.expires))]
    return [(label, value) for label, value in rows if value]
