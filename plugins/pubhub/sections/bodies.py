"""Bodies of items as HTML, rendered when a page asks for them."""

from __future__ import annotations

from functools import cached_property

from pubhub.content.catalog import Catalog, Entry
from pubhub.content.model import Item
from pubhub.markup.render import Rendered, Renderer
from pubhub.markup.rewrite import Place, Shown
from pubhub.pictures import Picture


class Bodies:
    """One Markdown converter for a whole site. A body may point only at what this edition shows."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer()

    @cached_property
    def _links(self) -> dict[str, str]:
        return {entry.item.id: entry.item.url for entry in self._catalog.entries}

    @cached_property
    def _hotlines(self) -> tuple[str, ...]:
        return tuple(h.number for h in self._catalog.vocabulary.facts.hotlines if not h.sms)

    def render(self, item: Item) -> Rendered:
        """The item's body, sanitised."""
        entry = self._catalog.entry(item.id)
        place = Place(item.url, self._links, pictures_of(entry), self._hotlines)
        return self._renderer.render(item.origin.body, place)


def used_pictures(entry: Entry) -> dict[str, Picture]:
    """The pictures that a shown item really uses; a forgotten file beside it is not published."""
    if entry.withdrawn:
        return {}
    named = {p.target for p in entry.scan.pointers if p.image} | {entry.item.cover}
    return {name: picture for name, picture in entry.pictures.items() if name in named}


def pictures_of(entry: Entry) -> dict[str, Shown]:
    """Published address and size of each used picture."""
    return {name: Shown(p.address(name), *p.shown) for name, p in used_pictures(entry).items()}
