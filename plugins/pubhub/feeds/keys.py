"""What data of an item depends on: takes items, gives texts that change exactly when front matter, moments or standing do."""

from __future__ import annotations

from collections.abc import Iterable

from pubhub.content.catalog import Catalog
from pubhub.content.model import Item
from pubhub.engine.version import digest
from pubhub.pages.moments import has_changed, updated


class Keys:
    """Keys of one catalog. The vocabulary that every page shares is not in them, that of `feeds.yml` is."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._facts: dict[str, str] = {}
        self._settings = repr(catalog.vocabulary.feeds)

    def facts(self, item: Item) -> str:
        """Front matter, address, moments; not the state that changes with the day."""
        found = self._facts.get(item.id)
        if found is None:
            found = f"{item.origin.uri} {item.origin.front[:32]}"
            # Everyone else's only moment is its date.
            if has_changed(item):
                moment = updated(self._catalog, item).isoformat()
                successor = self._catalog.get(item.superseded_by) if item.superseded_by else None
                after = f"{successor.url} {successor.title} {successor.date}" if successor else ""
                found += f" {moment} {self._catalog.is_withdrawn(item)} {after}"
            self._facts[item.id] = found
        return found

    def of(self, name: str, items: Iterable[Item], *more: object) -> bytes:
        """Key of a file about some items."""
        known = self._facts
        facts = "\n".join([known.get(item.id) or self.facts(item) for item in items])
        return digest(name, self._settings, facts, *map(repr, more))

    def one(self, name: str, item: Item, more: str = "") -> bytes:
        """Key of a file about one item, cheap: there are thousands."""
        return f"{name} {self._settings} {self.facts(item)} {more}".encode()
