"""The shelf of all bulletin issues: takes the desk and an issue, gives what its place on the shelf shows."""

from __future__ import annotations

from pubhub.clock import quarter_name
from pubhub.content.model import Issue
from pubhub.engine.desk import Desk
from pubhub.pages.cards import card, cards
from pubhub.pages.views import Column, Shelved


def shelved(desk: Desk, issue: Issue) -> Shelved:
    """One issue with its cover, its columns and its files."""
    catalog = desk.catalog
    return Shelved(
        card=card(catalog, issue),
        quarter=quarter_name(issue.quarter),
        lead=issue.lead,
        cover=desk.covers(issue),
        columns=tuple(Column(name, cards(catalog, items)) for name, items in desk.neighbourhood.around(issue).columns),
        downloads=desk.downloads(issue),
    )
