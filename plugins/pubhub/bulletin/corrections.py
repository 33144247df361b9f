"""What was corrected between two issues: takes the catalog and an issue, gives corrections and important changes, oldest first."""

from __future__ import annotations

from dataclasses import dataclass

from pubhub.content.catalog import Catalog
from pubhub.content.model import CHANGE_LEVELS, Change, Issue, Item

LEVELS = ("correction", "major")


@dataclass(frozen=True)
class Correction:
    """One change of a published item."""

    item: Item
    change: Change

    @property
    def level(self) -> str:
        """更正 or 重要更新."""
        return CHANGE_LEVELS[self.change.level]


def since_last(catalog: Catalog, issue: Issue) -> tuple[Correction, ...]:
    """Changes after the issue before this one, up to the day of this one. The first issue has none to tell of."""
    before = previous(catalog, issue)
    if before is None:
        return ()
    found = [
        Correction(item, change)
        for item in catalog.changed
        for change in item.changes
        if change.level in LEVELS and before.date < change.date <= issue.date
    ]
    return tuple(sorted(found, key=lambda one: (one.change.date, one.item.id, one.change.note)))


def previous(catalog: Catalog, issue: Issue) -> Issue | None:
    """The issue of the latest earlier quarter."""
    earlier = (one for one in catalog.of_kind(Issue) if one.quarter < issue.quarter and not catalog.is_withdrawn(one))
    return max(earlier, key=lambda one: one.quarter, default=None)
