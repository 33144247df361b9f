"""What the converter is given and gives: settings of one body, links, blocks, and the refusal of what it does not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pubhub.printing.literal import Printable


class UnknownElement(ValueError):
    """An element that print does not know."""

    def __init__(self, item: str, element: str) -> None:
        super().__init__(f"{item}: <{element}>")
        self.item, self.element = item, element


@dataclass(frozen=True)
class Link:
    """Where a link of the body leads in print."""

    url: str = ""
    """An address of the web."""
    label: str = ""
    """A place in this issue."""


@dataclass(frozen=True)
class Block:
    """One block of an article."""

    code: str
    """A Typst expression."""
    wide: bool = False
    """Needs the whole width of the page."""
    notes: bool = False
    """The list of notes, for the end of the article."""


@dataclass
class Settings:
    """What a body needs to know of the issue around it."""

    item: str
    """Id: prefix of its labels."""
    printable: Printable
    link: Callable[[str], Link] = lambda url: Link(url)
    level: int = 2
    """Of the heading above the body: an h2 becomes a heading one level below it."""
    most_columns: int = 10
    """Wider tables are set as records."""
    room: tuple[int, int] = (47, 98)
    """Half-width characters of a row of a table in half of a page, and across it."""
    pictures: list[str] = field(default_factory=list)
    """Addresses of the pictures shown, as they stand in the HTML; shared by all articles of an issue."""
    missing: list[str] = field(default_factory=list)
    """Characters that no face has; they are printed by their number."""
