"""Which item pages cannot have changed, told without looking around each item: takes the footing of the last build, gives ids.

Most edits touch one item. Then only pages near it in a list, or that name it, can differ. Whatever is not that plain gets no
short way: its key is worked out.
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

    token: bytes
    """Of what lists show of all items (`Neighbourhood.token`)."""
    own: Mapping[str, str]
    """Id → file, and signatures where there is a choice of them: what only its own page shows."""


def footing(catalog: Catalog, fingerprints: Fingerprints, neighbourhood: Neighbourhood) -> Footing:
    """Of this build, for the next one."""
    signatures = fingerprints.signatures
    own = {}
    for entry in catalog.entries:
        item = entry.item
        # Two signatures stand in the file and are the two that count; of more, the day decides.
        two = len(item.approvals) == 2
        own[item.id] = item.origin.source if two else f"{item.origin.source} {signatures(entry)}"
    return Footing(neighbourhood.token, own)


def steady_items(catalog: Catalog, neighbourhood: Neighbourhood, now: Footing, last: Footing | None) -> frozenset[str]:
    """Ids whose pages have the key that they had; empty where the last build does not tell."""
    # What is remembered of neighbours must be what the pages that stand were printed with.
    if last is None or last.token != neighbourhood.before.token:
        return frozenset()
    changed = neighbourhood.changed
    # What an issue prints is said on the pages of what it prints, and of what it no longer prints. Of an item that went, nothing
    # tells whether it was one.
    if any((item := catalog.get(id_)) is None or isinstance(item, Issue) for id_ in changed):
        return frozenset()
    steady = set()
    for entry in catalog.entries:
        item = entry.item
        if now.own[item.id] != last.own.get(item.id) or isinstance(item, (Course, Event, Issue)):
            continue
        if not neighbourhood.is_as_before(item):
            continue
        if changed:
            pointers = entry.scan.pointers
            if pointers and any(pointer.target.split("#")[0] in changed for pointer in pointers):
                continue
            if item.superseded_by in changed:
                continue
        steady.add(item.id)
    return frozenset(steady)
