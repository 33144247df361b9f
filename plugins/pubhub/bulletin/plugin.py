"""hub/bulletin: plans the download of every issue."""

from __future__ import annotations

from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from pubhub.bulletin.bundle import Bundles, address, offline_style
from pubhub.content.model import Issue
from pubhub.content.plugin import NoOptions, catalog_of, content_of
from pubhub.engine.plan import File
from pubhub.engine.templates import make_environment
from pubhub.theme import theme_folders


class BulletinPlugin(BasePlugin[NoOptions]):
    """Makes the bundles; the pages of issues ask it for downloads."""

    bundles: Bundles

    # Before hub/sections, whose issue pages name the downloads.
    @event_priority(50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """One zip for each issue that was not taken back."""
        catalog = catalog_of(config)
        folders = theme_folders(config.theme.dirs)
        self.bundles = Bundles(catalog, make_environment(folders), offline_style(folders[0]))
        content_of(config).plan.add(
            File(address(issue), partial(self.bundles.data, issue))
            for issue in catalog.of_kind(Issue)
            if not catalog.is_withdrawn(issue)
        )
        return files
