"""The first page: what is dangerous now, who you are, what is new."""

from __future__ import annotations

import datetime as dt

from pubhub.clock import chinese_date
from pubhub.content.catalog import Catalog
from pubhub.content.model import Campaign, Item
from pubhub.pages.anniversaries import next_day_of
from pubhub.pages.cards import card, cards, period, topic_links
from pubhub.pages.views import Day, HomeView, ItemView

ALERTS, LEARN, NEWS, EVENTS, TOPICS, EXAMPLES = 5, 6, 4, 3, 12, 2
_LEARN = ("articles", "lessons", "cases")


def home_view(catalog: Catalog, issue: ItemView | None) -> HomeView:
    """`issue`: the page of the current bulletin issue."""
    current = catalog.current_alerts()
    topics = topic_links(catalog, catalog.vocabulary.topics)
    busiest = sorted((t for t in topics if t.count), key=lambda t: -t.count)[:TOPICS]
    return HomeView(
        updated=chinese_date(catalog.today),
        alerts=cards(catalog, current[:ALERTS]),
        alerts_total=len(current),
        learn=cards(catalog, _learn(catalog)),
        news=cards(catalog, _live(catalog, "news")[:NEWS]),
        events=cards(catalog, catalog.upcoming_events()[:EVENTS]),
        issue=issue,
        day=next_day(catalog),
        topics=tuple(busiest),
        examples=catalog.vocabulary.finding.examples[:EXAMPLES],
    )


def next_day(catalog: Catalog) -> Day | None:
    """The campaign that runs or comes next, or the next day of the calendar, whichever is sooner."""
    today = catalog.today
    found: list[tuple[dt.date, str, Day]] = []
    for campaign in catalog.of_kind(Campaign):
        if campaign.ends >= today and not catalog.is_withdrawn(campaign):
            view = card(catalog, campaign)
            day = Day(view.title, period(campaign.starts, campaign.ends), campaign.theme or view.plain, view.url)
            found.append((max(campaign.starts, today), campaign.id, day))
    dated = ((one, next_day_of(one, today)) for one in catalog.vocabulary.calendar)
    found += [(when, one.id, Day(one.name, chinese_date(when), one.note, "")) for one, when in dated if when]
    return min(found, key=lambda f: f[:2])[2] if found else None


def _live(catalog: Catalog, section: str) -> list[Item]:
    return [item for item in catalog.in_section(section) if not catalog.is_withdrawn(item)]


def _learn(catalog: Catalog) -> list[Item]:
    """The newest of each kind in turn, so that no kind crowds the others out."""
    kinds = [_live(catalog, section)[: LEARN // len(_LEARN)] for section in _LEARN]
    return [item for row in zip(*kinds, strict=False) for item in row] or [item for kind in kinds for item in kind]
