"""The gallery of a public call: takes a campaign of the catalog, gives its works in groups, ranked by votes."""

from __future__ import annotations

from collections.abc import Sequence

from pubhub.content.catalog import Catalog
from pubhub.content.model import CALL_KINDS, CallEntry, Campaign
from pubhub.pages.views import Call, Work, WorkGroup
from pubhub.pictures import Shown, shown


def call_view(catalog: Catalog, item: Campaign) -> Call | None:
    """The works of a campaign, or None if it is no call."""
    if not item.entries:
        return None
    groups = tuple(_group(catalog, item, kind) for kind in CALL_KINDS if any(e.kind == kind for e in item.entries))
    chosen = tuple(work for group in groups for work in group.works if work.chosen)
    return Call(groups, chosen, len(item.entries))


def _group(catalog: Catalog, item: Campaign, kind: str) -> WorkGroup:
    entries = sorted((e for e in item.entries if e.kind == kind), key=lambda e: e.no)
    works = tuple(_work(catalog, item, entries, place) for place in range(len(entries)))
    ranked = tuple(sorted(works, key=lambda w: (-(w.votes or 0), w.number))) if _voted(entries) else ()
    return WorkGroup(kind, CALL_KINDS[kind], works, ranked, _total(entries))


def _work(catalog: Catalog, item: Campaign, entries: Sequence[CallEntry], place: int) -> Work:
    entry = entries[place]
    votes, total, most = entry.votes or 0, _total(entries), max(e.votes or 0 for e in entries)
    voted = _voted(entries)
    return Work(
        number=entry.no,
        kind=CALL_KINDS[entry.kind],
        title=entry.title,
        by=entry.by,
        note=entry.note,
        reason=entry.reason,
        votes=entry.votes,
        rank=1 + sum((e.votes or 0) > votes for e in entries) if voted else 0,
        share=f"{100 * votes / total:.1f}%" if voted and total else "",
        length=f"{100 * votes / most:.1f}" if most else "0",
        chosen=entry.chosen,
        picture=_shown(catalog, item, entry, "entry"),
        large=_shown(catalog, item, entry, "work"),
        alt=entry.alt,
        previous=entries[place - 1].no if place else 0,
        next=entries[place + 1].no if place + 1 < len(entries) else 0,
    )


def _voted(entries: Sequence[CallEntry]) -> bool:
    return any(entry.votes is not None for entry in entries)


def _total(entries: Sequence[CallEntry]) -> int:
    return sum(entry.votes or 0 for entry in entries)


def _shown(catalog: Catalog, item: Campaign, entry: CallEntry, place: str) -> Shown | None:
    picture = catalog.entry(item.id).pictures.get(entry.picture)
    return shown(picture, entry.picture, place) if picture else None
