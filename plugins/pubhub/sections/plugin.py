"""hub/sections: plans items, section indexes, reader paths, stations and the home page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from pubhub.bulletin.plugin import BulletinPlugin
from pubhub.content.model import Issue
from pubhub.content.plugin import NoOptions, catalog_of, content_of
from pubhub.pages.views import Download
from pubhub.sections.plan import SectionPages


class SectionsPlugin(BasePlugin[NoOptions]):
    """Adds to the plan."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Everything that hangs on the sections."""
        bulletin = config.plugins.get("hub/bulletin")

        def downloads(issue: Issue) -> tuple[Download, ...]:
            return bulletin.bundles.downloads(issue) if isinstance(bulletin, BulletinPlugin) else ()

        content_of(config).plan.add(SectionPages(catalog_of(config), downloads).outputs())
        return files
