"""Planned pages to bytes: takes the environment and what all pages share, gives finished HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from jinja2 import Environment, Template
from markupsafe import Markup

from pubhub.engine.assets import Assets
from pubhub.engine.plan import Page
from pubhub.pages.views import SiteView
from pubhub.urls import relative


class Printer:
    """Prints the pages of one site."""

    def __init__(
        self, environment: Environment, site: SiteView, assets: Assets, csp: str, generator: str, site_url: str
    ) -> None:
        self._environment = environment
        self._assets = assets
        self.root = urlsplit(site_url).path.rstrip("/") + "/"
        self._shared = {"site": site, "csp": csp, "generator": generator, "boot": Markup(assets.boot)}
        self._templates: dict[str, Template] = {}
        self._chrome: dict[tuple[str, str, str, str], Markup] = {}
        # Header and footer mark the page that is being read if they link to it.
        linked = [*site.menu, *site.pages, *site.audiences]
        self._marked = {
            "index.html",
            "404.html",
            "stations.html",
            "topics/index.html",
            site.help_url,
            *(link.url for link in linked),
        }

    def render(self, page: Page) -> bytes:
        """One page, UTF-8."""
        view, record = page.make()
        url = self._linker(page.url)

        def asset(name: str) -> str:
            return url(self._assets.names[name])

        def chrome(name: str) -> Markup:
            place = (name, page.url.rpartition("/")[0], record.section, page.url if page.url in self._marked else "")
            if place not in self._chrome:
                text = self._template(name).render(self._shared, page=record, url=url, asset=asset)
                self._chrome[place] = Markup(text)
            return self._chrome[place]

        template = self._template(page.template)
        given = {"page": record, "url": url, "asset": asset, "chrome": chrome, page.name: view}
        text = template.render(self._shared, **given)
        return text.encode("utf-8")

    def prepare(self, names: Iterable[str]) -> None:
        """Loads templates and all that they stand on."""
        for name in [*names, "parts/header.html", "parts/footer.html"]:
            self._template(name)

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name)
        return self._templates[name]

    def _linker(self, page: str) -> Callable[[str], str]:
        # The server shows the 404 page at any depth, so its links start at the root.
        if page == "404.html":
            return lambda path: self.root + path
        return lambda path: relative(path, page)
