"""Bodies of items as HTML for a certain page: takes the shelf of rendered bodies, resolves what they point at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pubhub.content.catalog import Catalog
from pubhub.content.model import Item
from pubhub.markup.render import Rendered
from pubhub.markup.resolve import resolve
from pubhub.urls import relative

Shelf = Callable[[str], Rendered]
"""Gives the rendered body of a URI."""


class Bodies:
    """A body may point only at what this edition shows."""

    def __init__(self, catalog: Catalog, shelf: Shelf) -> None:
        self._catalog = catalog
        self._shelf = shelf

    def on_page(self, item: Item) -> Rendered:
        """The item's body for its own page."""

        def link(id_: str) -> str:
            target = self._catalog.get(id_)
            return relative(target.url, item.url) if target else ""

        rendered = self._shelf(item.origin.uri)
        return replace(rendered, html=resolve(rendered.html, link, lambda url: relative(url, item.url)))

    def neutral(self, item: Item) -> str:
        """The item's body before its links are resolved."""
        return self._shelf(item.origin.uri).html
