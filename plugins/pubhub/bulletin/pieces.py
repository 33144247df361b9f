"""An issue as its book and its offline pages print it: takes the catalog and bodies, gives records for their templates.

Nothing here knows which day it is: an issue that was packed last year must still have the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from pubhub.bulletin.columns import printed
from pubhub.bulletin.corrections import Correction, since_last
from pubhub.clock import chinese_date, quarter_name
from pubhub.content import model
from pubhub.content.catalog import Catalog
from pubhub.content.model import Alert, Issue, Item, News
from pubhub.content.vocabulary import Site
from pubhub.markup.resolve import one_size, resolve
from pubhub.pages.bodies import Bodies
from pubhub.pages.items import fact_rows, questions_of, steps_of
from pubhub.pages.views import Change, Hotline, Question, Review, Severity, Source
from pubhub.urls import absolute


@dataclass(frozen=True)
class Piece:
    """One article of an issue."""

    item: Item
    id: str
    file: str
    """Its file in the offline site or the book: xb-2026-0404.html."""
    column: str
    kind_name: str
    title: str
    summary: str
    date_text: str
    sample: bool
    severity: Severity | None
    expires: str
    """ISO date; empty unless it is an alert."""
    expires_text: str
    superseded: bool
    plain: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    steps_title: str
    quiz: tuple[Question, ...]
    sources: tuple[Source, ...]
    authors: tuple[str, ...]
    reviews: tuple[Review, ...]
    changes: tuple[Change, ...]
    online: str
    """Its page on the site, full address."""


@dataclass(frozen=True)
class Section:
    """A column with its articles."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Volume:
    """A whole issue."""

    issue: Issue
    root: str
    """bulletin-2026Q3, with -draft behind it for a draft."""
    draft: bool
    site: Site
    quarter: str
    """2026年第三季度."""
    date_text: str
    sections: tuple[Section, ...]
    corrections: tuple[Correction, ...]
    hotlines: tuple[Hotline, ...]
    editors: tuple[str, ...]
    reviews: tuple[Review, ...]
    online: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All articles in the printed order."""
        return tuple(piece for section in self.sections for piece in section.pieces)

    @property
    def title(self) -> str:
        """消费者权益保护专刊 2026年第三季度."""
        return f"{self.site.bulletin} {self.quarter}"

    @property
    def samples(self) -> int:
        """How many articles are only there to show how it is done."""
        return sum(piece.sample for piece in self.pieces)


def root_of(issue: Issue, draft: bool = False) -> str:
    """bulletin-2026Q3."""
    return f"bulletin-{issue.quarter}" + ("-draft" if draft else "")


def volume(catalog: Catalog, issue: Issue, draft: bool = False) -> Volume:
    """Everything but the bodies."""
    vocabulary = catalog.vocabulary
    people = {person.id: person.name for person in vocabulary.people}
    return Volume(
        issue=issue,
        root=root_of(issue, draft),
        draft=draft,
        site=vocabulary.site,
        quarter=quarter_name(issue.quarter),
        date_text=chinese_date(issue.date),
        sections=tuple(
            Section(name, tuple(_piece(catalog, item, name, people) for item in items))
            for name, items in printed(catalog, issue)
        ),
        corrections=since_last(catalog, issue),
        hotlines=tuple(Hotline(h.number, h.name, h.use, h.emergency, h.sms) for h in vocabulary.facts.hotlines),
        editors=tuple(people[a] for a in issue.authors if a in people),
        reviews=_reviews(catalog, issue),
        online=absolute(vocabulary.site.url, issue.url),
    )


def body_of(
    catalog: Catalog, bodies: Bodies, item: Item, here: Callable[[str], str], image: Callable[[str], str]
) -> Markup:
    """A body whose links lead to articles of the issue, else to the site, else nowhere.

    Args:
        here: id → address inside the bundle, or "".
        image: published address of a picture → its address inside the bundle.
    """

    def link(id_: str) -> str:
        target = catalog.get(id_)
        return here(id_) or (absolute(catalog.vocabulary.site.url, target.url) if target else "")

    return Markup(resolve(one_size(bodies.neutral(item)), link, image))


def _piece(catalog: Catalog, item: Item, column: str, people: dict[str, str]) -> Piece:
    alert = item if isinstance(item, Alert) else None
    return Piece(
        item=item,
        id=item.id,
        file=f"{item.id.lower()}.html",
        column=column,
        kind_name=model.SCOPES[item.scope] if isinstance(item, News) else item.name,
        title=item.title,
        summary=item.summary,
        date_text=chinese_date(item.date),
        sample=item.sample,
        severity=Severity(alert.severity, model.SEVERITIES[alert.severity]) if alert else None,
        expires=alert.expires.isoformat() if alert else "",
        expires_text=chinese_date(alert.expires) if alert else "",
        superseded=bool(item.superseded_by and catalog.get(item.superseded_by)),
        plain=item.plain,
        facts=tuple(fact_rows(catalog, item)),
        steps=steps_of(item),
        steps_title="遇到了怎么办" if alert else "照着做",
        quiz=questions_of(item),
        sources=tuple(Source(s.text, s.url) for s in item.sources),
        authors=tuple(people[a] for a in item.authors if a in people),
        reviews=_reviews(catalog, item),
        changes=tuple(
            Change(chinese_date(c.date), model.CHANGE_LEVELS[c.level], c.note)
            for c in sorted(item.changes, key=lambda c: c.date)
        ),
        online=absolute(catalog.vocabulary.site.url, item.url),
    )


def _reviews(catalog: Catalog, item: Item) -> tuple[Review, ...]:
    """Who approved: the role, never a private name."""
    people = {person.id: person for person in catalog.vocabulary.people}
    return tuple(
        Review(model.LINES[a.line], people[a.by].name, chinese_date(a.on), people[a.by].sample)
        for a in catalog.entry(item.id).approvals
        if a.by in people
    )
