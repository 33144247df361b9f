"""What a page depends on, as a few bytes: takes items of a catalog, gives keys that change exactly when their words on a page do."""

from __future__ import annotations

from collections.abc import Iterable

from pubhub.content.catalog import Catalog, Entry
from pubhub.content.model import Item
from pubhub.pages.cards import state_of
from pubhub.pages.digests import digest_of
from pubhub.pages.surroundings import Surroundings


class Fingerprints:
    """Keys of one catalog. Words of the vocabulary are not in them: they are the same for all pages of a build."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        # Half of the hash will do among the items of one site.
        self.all = {
            (
                item := entry.item
            ).id: f"{item.origin.uri} {item.origin.front[:32]} {state_of(catalog, item)}{_cover(entry)}"
            for entry in catalog.entries
        }
        """Cards by id, in the order of the catalog."""

    def card(self, item: Item) -> str:
        """An item as a line of a list: its front matter, its address and its state today."""
        return self.all[item.id]

    def cards(self, items: Iterable[Item]) -> str:
        """Several items in their order."""
        found = self.all
        return "\n".join([found[item.id] for item in items])

    @staticmethod
    def signatures(entry: Entry) -> str:
        """Who signed."""
        return ";".join(f"{a.line} {a.by} {a.on} {a.checklist}" for a in entry.approvals)

    def page(self, item: Item, around: Surroundings) -> bytes:
        """An item's own page: its file, who signed it, what stands around it, where its links lead."""
        entry = self._catalog.entry(item.id)
        named = sorted({pointer.target.split("#")[0] for pointer in entry.scan.pointers if not pointer.image})
        targets = ((id_, self._catalog.get(id_)) for id_ in named)
        parts = [
            item.origin.source,
            self.card(item),
            self.signatures(entry),
            self.cards(around.all()),
            # Which of the cards is which.
            repr([one and one.id for one in (around.older, around.newer, around.successor, around.printed)]),
            repr((len(around.related), len(around.materials))),
            repr([(name, len(items)) for name, items in around.columns]),
            "\n".join(f"{id_} {target.url if target else ''}" for id_, target in targets),
        ]
        return digest_of(parts)


def _cover(entry: Entry) -> str:
    """The picture that stands on the card, whose name does not tell its bytes."""
    picture = entry.pictures.get(entry.item.cover) if entry.item.cover else None
    return f" {picture.sha256[:32]}" if picture is not None else ""
