"""Planned pages to bytes: takes the environment and what all pages share, gives finished HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinja2 import Environment, Template
from markupsafe import Markup

from pubhub.engine.assets import Assets
from pubhub.engine.icons import Icons
from pubhub.engine.plan import Page
from pubhub.pages.views import Card, PageView, SiteView
from pubhub.urls import relative, root_of

_ANYWHERE = "\x00"
"""Address of a page while a line is printed that any page may hold; stands around the addresses in it."""
_CHROME = "\x01"
"""Stands around the number of a header or footer. No text has it: control characters are refused."""


class Printer:
    """Prints the pages of one site, one at a time.

    What all pages share stands in the environment's globals, so that templates import their macros once for all pages;
    the functions among it know which page is being printed.
    """

    def __init__(
        self,
        environment: Environment,
        site: SiteView,
        assets: Assets,
        icons: Icons,
        csp: str,
        generator: str,
        site_url: str,
    ) -> None:
        self._environment = environment
        self._assets = assets
        self.root = root_of(site_url)
        environment.globals.update(
            site=site,
            csp=csp,
            generator=generator,
            boot=Markup(assets.boot),
            grounds=assets.grounds,
            icons=icons,
            url=self._url,
            asset=self._asset,
            chrome=self._chrome,
            once=self._once,
        )
        self._used: list[str] = []
        """Header and footer of the page that is being printed."""
        self._address = ""
        self._record: PageView | None = None
        self._templates: dict[str, Template] = {}
        self._printed: dict[tuple[str, str, str, str], Markup] = {}
        self._lines: dict[tuple[str, str, bool], list[str]] = {}
        # Header and footer mark the page that is being read if they link to it.
        linked = [*site.menu, *site.pages, *site.audiences]
        self._marked = {
            "index.html",
            "404.html",
            "search.html",
            "stations.html",
            "topics/index.html",
            site.help_url,
            site.follow_url,
            *(link.url for link in linked),
        }

    def render(self, page: Page) -> list[str]:
        """One page in parts: its own text and, between, header and footer, which many pages have word for word."""
        view, self._record = page.make()
        self._address = page.url
        parts = self._template(page.template).render({"page": self._record, page.name: view}).split(_CHROME)
        parts[1::2] = [self._used[int(number)] for number in parts[1::2]]
        self._used.clear()
        return parts

    def prepare(self, names: Iterable[str]) -> None:
        """Loads templates ahead of use."""
        for name in names:
            self._template(name)

    def _url(self, path: str) -> str:
        if self._address == _ANYWHERE:
            return f"{_ANYWHERE}{path}{_ANYWHERE}"
        # The server shows the 404 page at any depth, so its links start at the root.
        return self.root + path if self._address == "404.html" else relative(path, self._address)

    def _asset(self, name: str) -> str:
        return self._url(self._assets.names[name])

    def _chrome(self, name: str) -> Markup:
        """Header or footer, printed once for each folder, section and page that they link to."""
        assert self._record is not None
        own = self._address if self._address in self._marked else ""
        place = (name, self._address.rpartition("/")[0], self._record.section, own)
        if place not in self._printed:
            self._printed[place] = Markup(self._template(name).render(page=self._record))
        # A number for now: the text that is looked at and joined is shorter by half.
        self._used.append(self._printed[place])
        return Markup(f"{_CHROME}{len(self._used) - 1}{_CHROME}")

    def _once(self, macro: Callable[[Card, bool], str], card: Card, mixed: bool) -> Markup:
        """A line of a list, printed once and then only given the addresses that fit the page: each stands on ten pages.

        macro: may use nothing that differs between pages but `url`.
        """
        place = (getattr(macro, "name", ""), card.id, mixed)
        parts = self._lines.get(place)
        if parts is None:
            address, self._address = self._address, _ANYWHERE
            try:
                parts = self._lines[place] = str(macro(card, mixed)).split(_ANYWHERE)
            finally:
                self._address = address
        # Text and addresses in turn.
        return Markup("".join([self._url(part) if n % 2 else part for n, part in enumerate(parts)]))

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name)
        return self._templates[name]
