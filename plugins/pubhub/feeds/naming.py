"""Names that outlive addresses: takes the data of the site, gives ids for entries, calendars and messages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

from pubhub.content.model import Item
from pubhub.content.vocabulary import Vocabulary
from pubhub.urls import absolute


@dataclass(frozen=True)
class Names:
    """Ids and full addresses of one site."""

    vocabulary: Vocabulary

    @cached_property
    def authority(self) -> str:
        """The domain in all ids: given as data, else that of the address."""
        given = self.vocabulary.feeds.authority
        return given or _domain(self.vocabulary.site.url)

    @property
    def sender(self) -> str:
        """Of CAP messages."""
        return self.vocabulary.feeds.sender or self.authority

    def page(self, url: str) -> str:
        """Full address."""
        return absolute(self.vocabulary.site.url, url)

    def tag(self, item: Item) -> str:
        """A `tag:` URI (RFC 4151) that does not change when the item moves: the year is that of its id."""
        return f"tag:{self.authority},{item.id.split('-')[1]}:{item.id}"

    def uid(self, name: str) -> str:
        """The UID of a calendar entry."""
        return f"{name}@{self.authority}"


def _domain(url: str) -> str:
    host = (urlsplit(url).hostname or "localhost").rstrip(".")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host, safe="")
