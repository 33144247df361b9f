"""Planned pages to bytes: takes the environment and what all pages share, gives finished HTML."""

from __future__ import annotations

from collections.abc import Callable
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
        self._root = urlsplit(site_url).path.rstrip("/") + "/"
        self._shared = {"site": site, "csp": csp, "generator": generator, "boot": Markup(assets.boot)}
        self._templates: dict[str, Template] = {}

    def render(self, page: Page) -> bytes:
        """One page, UTF-8."""
        view, record = page.make()
        url = self._linker(page.url)

        def asset(name: str) -> str:
            return url(self._assets.names[name])

        template = self._template(page.template)
        text = template.render(self._shared, page=record, url=url, asset=asset, **{page.name: view})
        return text.encode("utf-8")

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name)
        return self._templates[name]

    def _linker(self, page: str) -> Callable[[str], str]:
        # The server shows the 404 page at any depth, so its links start at the root.
        if page == "404.html":
            return lambda path: self._root + path
        return lambda path: relative(path, page)
