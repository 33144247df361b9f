"""What features plan with: the catalog, its bodies, keys and templates, on one desk for one build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from pubhub.content.catalog import Catalog
from pubhub.content.model import Issue
from pubhub.engine.plan import Output
from pubhub.engine.store import Store
from pubhub.engine.vault import Vault
from pubhub.pages.bodies import Bodies
from pubhub.pages.fingerprints import Fingerprints
from pubhub.pages.steady import Footing, footing, steady_items
from pubhub.pages.surroundings import Memory, Neighbourhood
from pubhub.pages.views import CoverPicture, Download, ItemView


def _nothing(issue: Issue) -> tuple[Download, ...]:
    return ()


def _bare(issue: Issue) -> CoverPicture | None:
    return None


def _never(issue: Issue) -> bool:
    return False


def _none(url: str, key: bytes) -> bytes | None:
    return None


def _unchanging(issue: Issue) -> bytes:
    return b""


@dataclass(frozen=True)
class Extra:
    """What a part adds to the page of one item."""

    template: str
    view: Callable[[ItemView], ItemView]
    """Fills its own fields."""
    key: bytes
    """Of what it adds."""


@dataclass
class Desk:
    """Everything of one build."""

    root: Path
    """The content folder."""
    theme: Path
    catalog: Catalog
    bodies: Bodies
    environment: Environment
    downloads: Callable[[Issue], tuple[Download, ...]] = field(default=_nothing)
    """What an issue's page offers; the bulletin puts its own here."""
    covers: Callable[[Issue], CoverPicture | None] = field(default=_bare)
    """The printed cover of an issue."""
    held: Callable[[Issue], bool] = field(default=_never)
    """Whether an issue waits for one of its articles, so that its files are not offered."""
    prepare: list[Callable[[], None]] = field(default_factory=list)
    """Costly work that several outputs share, done on all cores before the first of them is made."""
    memory: Memory | None = None
    """What an earlier build found to be related."""
    downloads_key: Callable[[Issue], bytes] = field(default=_unchanging)
    vault: Vault | None = None
    """For costly parts of a file; a whole file says `keep`."""
    store: Store | None = None
    """For what a feature remembers from build to build, in tables of its own."""
    hurried: bool = False
    """True in a preview: a page comes at once, and leaves out of itself what is costly and not there yet."""

    extras: Mapping[str, Extra] = field(default_factory=dict)
    """By the id of the item; a part puts its own here before the sections are planned."""

    old: Callable[[str, bytes], bytes | None] = field(default=_none)
    """A file of the site that stands, by address and key, if it need not be made again."""
    last: Footing | None = None
    """What the pages of the last build into the same folder stood on."""

    @cached_property
    def footing(self) -> Footing:
        """What the pages of this build stand on."""
        return footing(self.catalog, self.fingerprints, self.neighbourhood)

    @cached_property
    def steady(self) -> frozenset[str]:
        """Ids of items whose pages cannot have changed."""
        if self.last is None:
            return frozenset()
        return steady_items(self.catalog, self.neighbourhood, self.footing, self.last)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Keys of pages."""
        return Fingerprints(self.catalog)

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        """Who stands beside whom."""
        return Neighbourhood(self.catalog, self.fingerprints.all, self.memory)


Feature = Callable[[Desk], Iterable[Output]]
"""A part of the site: takes the desk, gives planned outputs."""
