"""Which item pages cannot have changed, told without looking around each item: takes the footing of the last build, gives ids.

Most edits touch one item's text. Then the lists, their order and everybody's neighbours are as they were, and only pages that
name the item can differ. Whatever is not that plain gets no short way: its key is worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pubhub.content.catalog import Catalog
from pubhub.content.model import Course, Event, Issue
from pubhub.pages.fingerprints import Fingerprints
from pubhub.pages.surroundings import Neighbourhood


@dataclass(frozen=True)
class Footing:
    """What the pages of a build stood on."""

    order: bytes
    """Of all lists: who is in them, in which order, who is current and who was taken back."""
    stamps: Mapping[str, str]
    """Id → card, file and signatures."""


def footing(catalog: Catalog, fingerprints: Fingerprints, neighbourhood: Neighbourhood) -> Footing:
    """Of this build, for the next one."""
    stamps = {
        entry.item.id: f"{fingerprints.card(entry.item)} {entry.item.origin.source} {fingerprints.signatures(entry)}"
        for entry in catalog.entries
    }
    return Footing(neighbourhood.order, stamps)


def steady_items(catalog: Catalog, neighbourhood: Neighbourhood, now: Footing, last: Footing | None) -> frozenset[str]:
    """Ids whose pages have the key that they had; empty where the last build does not tell."""
    if last is None or last.order != now.order or last.stamps.keys() != now.stamps.keys():
        return frozenset()
    changed = {id_ for id_, stamp in now.stamps.items() if stamp != last.stamps[id_]}
    # What an issue prints is said on the pages of what it prints, and of what it no longer prints.
    if any(isinstance(catalog.entry(id_).item, Issue) for id_ in changed):
        return frozenset()
    steady = set()
    for entry in catalog.entries:
        item = entry.item
        if item.id in changed or isinstance(item, (Course, Event, Issue)) or item.superseded_by in changed:
            continue
        named = neighbourhood.named_before(item)
        if named is None or not changed.isdisjoint(named):
            continue
        pointers = entry.scan.pointers
        if pointers and any(pointer.target.split("#")[0] in changed for pointer in pointers):
            continue
        steady.add(item.id)
    return frozenset(steady)
